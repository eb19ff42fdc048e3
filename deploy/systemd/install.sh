#!/bin/sh
# Puts an unpacked release of art32 into place as a service of systemd, and a newer one in place of an older one.
#
#     sudo deploy/systemd/install.sh [--no-start]
#
# Needs Node.js 20.19 or newer with npm. Each release lies in a folder of its own, /opt/art32-VERSION; the link /opt/art32 names the one
# that runs, so that a release that does not start is left by pointing the link back (before it has migrated: docs/guides/upgrade.md).
# DESTDIR, if set, comes before every path, and then nothing is started: for packagers and for the tests.
set -eu

release=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
root=${DESTDIR:-}
start=yes
[ "${1:-}" != --no-start ] || start=no
[ -z "$root" ] || start=no

if [ ! -f "$release/RELEASE" ]; then
  echo "This is no unpacked release: $release has no file RELEASE. Take an archive, or make one with npm run package." >&2
  exit 1
fi
if [ -z "$root" ] && [ "$(id -u)" != 0 ]; then
  echo "Start it as root: it writes to /opt, /etc and the units of systemd." >&2
  exit 1
fi

version=$(sed -n 's/^art32 //p' "$release/RELEASE")
folder=/opt/art32-$version
mkdir -p "$root/opt" "$root/etc/art32" "$root/etc/systemd/system" "$root/etc/sysusers.d"
if [ "$release" != "$root$folder" ]; then
  rm -rf "$root$folder.new"
  cp -R "$release" "$root$folder.new"
  chmod -R u=rwX,go=rX "$root$folder.new"
  rm -rf "$root$folder"
  mv "$root$folder.new" "$root$folder"
fi

# Whoever runs art32 may not change it: the packages belong to root as well.
(umask 022 && node "$root$folder/scripts/install.mjs")

# A link is replaced in one step: there is no moment without an art32.
ln -sfn "art32-$version" "$root/opt/art32.new"
mv -T "$root/opt/art32.new" "$root/opt/art32"
cp "$release/deploy/systemd/art32.service" "$root/etc/systemd/system/art32.service"
cp "$release/deploy/systemd/art32.sysusers" "$root/etc/sysusers.d/art32.conf"
if [ ! -e "$root/etc/art32/art32.env" ]; then
  (umask 077 && cp "$release/deploy/systemd/art32.env.example" "$root/etc/art32/art32.env")
  echo "Look at $root/etc/art32/art32.env: the address under which people reach art32 stands there."
fi

[ "$start" = yes ] || exit 0
systemd-sysusers
systemctl daemon-reload
systemctl enable art32.service
systemctl restart art32.service
echo "art32 $version runs. The link for the first owner: journalctl -u art32 -g /setup"
