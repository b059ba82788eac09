; The set-up program of Windows: for one user, without an administrator. Made by `python packaging/build.py` on Windows
; with Inno Setup 6; written by the rules of its manual, not tried on Windows yet.
; Given from outside: Version, Program (the folder that was built).
#define WebView2 "{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"

[Setup]
AppId={{6E2B6C0B-5C5D-4B0E-9C57-1D9B1F6B7A11}
AppName=LoyalApp
AppVersion={#Version}
AppPublisher=LoyalApp
DefaultDirName={localappdata}\Programs\LoyalApp
DefaultGroupName=LoyalApp
PrivilegesRequired=lowest
DisableProgramGroupPage=yes
DisableDirPage=auto
ChangesAssociations=yes
CloseApplications=yes
OutputBaseFilename=LoyalApp-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=yes
UsePreviousLanguage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
UninstallDisplayIcon={app}\loyalapp.exe

[Languages]
; Texts that a translation of ours does not name are taken from the first file of its list.
Name: "en"; MessagesFile: "compiler:Default.isl,en.isl"
Name: "ur"; MessagesFile: "compiler:Default.isl,ur.isl"
Name: "hi"; MessagesFile: "compiler:Default.isl,hi.isl"

[Tasks]
Name: desktopicon; Description: "{cm:Icon}"

[InstallDelete]
; An update leaves no file of the version before.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion
; Microsoft's small program that fetches the web view; put here by whoever builds, since it may not be changed.
Source: "MicrosoftEdgeWebview2Setup.exe"; DestDir: "{tmp}"; Flags: deleteafterinstall skipifsourcedoesntexist; Check: LacksWebView

[Icons]
Name: "{userprograms}\LoyalApp"; Filename: "{app}\loyalapp.exe"; Parameters: "desktop"
Name: "{userdesktop}\LoyalApp"; Filename: "{app}\loyalapp.exe"; Parameters: "desktop"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Classes\.loyalplugin"; ValueType: string; ValueData: "LoyalApp.Plugin"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\.loyalbackup"; ValueType: string; ValueData: "LoyalApp.Backup"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\LoyalApp.Plugin"; ValueType: string; ValueData: "{cm:Plugin}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\LoyalApp.Plugin\DefaultIcon"; ValueType: string; ValueData: "{app}\loyalapp.exe,0"
Root: HKCU; Subkey: "Software\Classes\LoyalApp.Plugin\shell\open\command"; ValueType: string; ValueData: """{app}\loyalapp.exe"" desktop -- ""%1"""
Root: HKCU; Subkey: "Software\Classes\LoyalApp.Backup"; ValueType: string; ValueData: "{cm:Backup}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\LoyalApp.Backup\DefaultIcon"; ValueType: string; ValueData: "{app}\loyalapp.exe,0"
Root: HKCU; Subkey: "Software\Classes\LoyalApp.Backup\shell\open\command"; ValueType: string; ValueData: """{app}\loyalapp.exe"" desktop -- ""%1"""

[Run]
Filename: "{tmp}\MicrosoftEdgeWebview2Setup.exe"; Parameters: "/silent /install"; StatusMsg: "{cm:WebView}"; Flags: skipifdoesntexist; Check: LacksWebView
Filename: "{app}\loyalapp.exe"; Parameters: "desktop --language {language}"; Description: "{cm:Start}"; Flags: nowait postinstall skipifsilent

[Code]
function Has(Root: Integer; Key: String): Boolean;
var
  Found: String;
begin
  Result := RegQueryStringValue(Root, Key, 'pv', Found) and (Found <> '') and (Found <> '0.0.0.0');
end;

function LacksWebView: Boolean;
begin
  Result := not (Has(HKLM, 'SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{#WebView2}')
    or Has(HKLM, 'SOFTWARE\Microsoft\EdgeUpdate\Clients\{#WebView2}')
    or Has(HKCU, 'Software\Microsoft\EdgeUpdate\Clients\{#WebView2}'));
end;

{ The data is asked about at the very end, and "No" is what Enter means. A silent removal keeps it. }
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Data: String;
begin
  Data := ExpandConstant('{localappdata}\LoyalApp');
  if (Step = usPostUninstall) and DirExists(Data) and not UninstallSilent then
    if MsgBox(CustomMessage('AskData') + #13#10#13#10 + Data, mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(Data, True, True, True);
end;
