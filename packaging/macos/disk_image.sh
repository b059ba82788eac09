#!/bin/sh
# Packs LoyalApp.app as a disk image to be dragged into the folder of programs. Not tried on macOS yet.
# Removing is dragging it to the bin; the data stays in ~/Library/Application Support/LoyalApp.
set -eu
program=$1
image=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ditto "$program" "$folder/LoyalApp.app"
# Signed for this computer at least; a name of a maker known to Apple is given as CODESIGN_IDENTITY.
codesign --force --deep --options runtime --sign "${CODESIGN_IDENTITY:--}" "$folder/LoyalApp.app"
ln -s /Applications "$folder/Applications"
hdiutil create -volname LoyalApp -srcfolder "$folder" -ov -format UDZO "$image"
