#!/bin/sh
# Installs LoyalApp for this user alone; nobody's password is needed. Run again, it replaces the program and keeps the data.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/said.sh"
share="${XDG_DATA_HOME:-$HOME/.local/share}"
program="$HOME/.local/opt/loyalapp"

mkdir -p "$HOME/.local/opt" "$HOME/.local/bin" "$share/applications" "$share/mime/packages" "$share/icons/hicolor/scalable/apps"
rm -rf "$program.new" "$program.old"
cp -R "$here/program" "$program.new"
cp "$here/said.sh" "$here/uninstall.sh" "$program.new/"
[ ! -e "$program" ] || mv "$program" "$program.old"
mv "$program.new" "$program"
rm -rf "$program.old"
ln -sf "$program/loyalapp" "$HOME/.local/bin/loyalapp"
sed "s|@PROGRAM@|\"$program/loyalapp\"|" "$here/loyalapp.desktop" > "$share/applications/loyalapp.desktop"
cp "$here/loyalapp.xml" "$share/mime/packages/loyalapp.xml"
cp "$here/loyalapp.svg" "$share/icons/hicolor/scalable/apps/loyalapp.svg"
update-desktop-database "$share/applications" 2>/dev/null || true
update-mime-database "$share/mime" 2>/dev/null || true
echo "$installed"
