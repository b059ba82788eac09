#!/bin/sh
# Removes the program of this user. The data stays, unless somebody answers the question with the word it asks for.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/said.sh"
share="${XDG_DATA_HOME:-$HOME/.local/share}"

rm -f "$HOME/.local/bin/loyalapp" "$share/applications/loyalapp.desktop" "$share/mime/packages/loyalapp.xml" \
    "$share/icons/hicolor/scalable/apps/loyalapp.svg"
# The icon that the first start has put on the desktop, and its note; one of another LoyalApp stays.
[ ! -r "${XDG_CONFIG_HOME:-$HOME/.config}/user-dirs.dirs" ] || . "${XDG_CONFIG_HOME:-$HOME/.config}/user-dirs.dirs"
icon="${XDG_DESKTOP_DIR:-$HOME/Desktop}/loyalapp.desktop"
if grep -qsF "$HOME/.local/opt/loyalapp/loyalapp" "$icon"; then
    rm -rf "$icon" "${XDG_STATE_HOME:-$HOME/.local/state}/LoyalApp"
fi
update-desktop-database "$share/applications" 2>/dev/null || true
update-mime-database "$share/mime" 2>/dev/null || true
rm -rf "$HOME/.local/opt/loyalapp"
echo "$removed"
answer=""
if [ -d "$data" ]; then
    printf "%s" "$ask"
    read -r answer || answer=""
fi
if [ "$answer" = "DELETE" ]; then
    rm -rf "$data"
    echo "$erased"
else
    echo "$kept"
fi
