#!/bin/sh
# collect-host.sh: what a Linux or macOS computer says about itself, for art32. POSIX sh, no Node.
#
# It only reads. It sends counts and settings: no name of a person, of an account or of the computer.
# Linux: it runs in the tests of art32, in dash and bash, on a real Debian.
# macOS: NEVER RUN ON A REAL MAC. Exercised with stand-ins that print what Apple and others published.
#
# ART32_COLLECT_PATH and ART32_COLLECT_ROOT are for those tests: programs and files that go before those of the system.
set -u
version=1
server='@SERVER@'
tenant='@TENANT@'
root=${ART32_COLLECT_ROOT:-}
PATH="${ART32_COLLECT_PATH:+$ART32_COLLECT_PATH:}/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"
LC_ALL=C LANG=C TZ=UTC
export PATH LC_ALL LANG TZ
umask 077

usage() {
  cat <<'HELP'
collect-host.sh [--push [SERVER]] [--tenant SLUG] [--token-file FILE] [--label TEXT] [--output FILE] [--id] [--help]

Prints what this computer says about itself as JSON (art32.host/1), or sends it:

  ART32_TOKEN=art32_... sh collect-host.sh --push https://art32.example --tenant example

  --push [SERVER]     send it to this art32; a file that was downloaded from art32 knows its address and tenant
  --tenant SLUG       short name of the tenant
  --token-file FILE   read the token from a file instead of ART32_TOKEN; let nobody else read that file
  --label TEXT        what stands on the sticker of the computer, as NB-017; never the name of a person
  --output FILE       write to a file
  --id                print the id of this computer and end

Run as root, it sees all. Without root, the firewall, empty passwords, sshd (Linux) and network time (macOS) are not
evaluated; on macOS the screen lock of a user is seen only by that user, unless a profile enforces it.

Every day on Linux (systemd):

  # /etc/systemd/system/art32-collect.service
  [Service]
  Type=oneshot
  ExecStart=/bin/sh /usr/local/lib/art32/collect-host.sh --push --token-file /etc/art32/token
  # /etc/systemd/system/art32-collect.timer
  [Timer]
  OnCalendar=daily
  RandomizedDelaySec=4h
  Persistent=true
  [Install]
  WantedBy=timers.target
  # then: systemctl enable --now art32-collect.timer

Every day on macOS (launchd), as /Library/LaunchDaemons/example.art32.collect.plist:

  <?xml version="1.0" encoding="UTF-8"?>
  <plist version="1.0"><dict>
    <key>Label</key><string>example.art32.collect</string>
    <key>ProgramArguments</key><array>
      <string>/bin/sh</string><string>/usr/local/lib/art32/collect-host.sh</string>
      <string>--push</string><string>--token-file</string><string>/etc/art32/token</string>
    </array>
    <key>StartCalendarInterval</key><dict><key>Hour</key><integer>11</integer></dict>
  </dict></plist>
  # then: launchctl bootstrap system /Library/LaunchDaemons/example.art32.collect.plist
HELP
}

die() {
  printf 'collect-host.sh: %s\n' "$1" >&2
  exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

# A JSON string: printable ASCII, at most 300 characters.
text() { printf '"%s"' "$(printf '%s' "$1" | tr -cd '\040-\176' | cut -c1-300 | sed 's/[\\"]/\\&/g')"; }

# Lines as a JSON list of strings.
list() {
  printf '['
  first=1
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    [ "$first" = 1 ] || printf ','
    first=0
    text "$line"
  done
  printf ']'
}

# A group of facts, or why there is none.
ok() { printf '"%s":{"read":"ok","complete":true,"facts":%s}' "$1" "$2"; }
no() {
  printf '"%s":{"read":"no","why":"%s","detail":%s' "$1" "$2" "$(text "$3")"
  [ -z "${4:-}" ] || printf ',"needs":%s' "$(text "$4")"
  printf '}'
}
missing() { no "$1" not-configured "the program $2 is not installed"; }
bool() { if "$@" >/dev/null 2>&1; then printf true; else printf false; fi; }

sha() {
  if has sha256sum; then sha256sum; elif has shasum; then shasum -a 256; else openssl dgst -sha256 | sed 's/.*= //'; fi |
    cut -c1-64
}
token_of() { printf '%s' "art32 name $computer $1" | sha | cut -c1-12; }

computer_id() {
  case $(uname -s) in
    Darwin) machine=$(ioreg -rd1 -c IOPlatformExpertDevice 2>/dev/null | awk -F'"' '/IOPlatformUUID/ { print $4; exit }') ;;
    *)
      machine=''
      for file in "$root/etc/machine-id" "$root/var/lib/dbus/machine-id"; do
        [ -n "$machine" ] || machine=$(cat "$file" 2>/dev/null)
      done
      ;;
  esac
  [ -n "$machine" ] || die 'this computer has no id (Linux: /etc/machine-id, made by systemd-machine-id-setup)'
  machine=$(printf '%s' "$machine" | tr 'A-Z' 'a-z' | tr -d ' \t\r\n')
  printf '%s' "art32 computer $machine" | sha | cut -c1-32
}

# ---------------------------------------------------------------------------------------------------------- Linux

linux_system() {
  release="$root/etc/os-release"
  field() { sed -n "s/^$1=//p" "$release" 2>/dev/null | head -n 1 | sed "s/^[\"']//; s/[\"']\$//"; }
  id=$(field ID) number=$(field VERSION_ID) name=$(field PRETTY_NAME)
  if [ -z "$id" ] || [ -z "$number" ]; then
    no system not-configured 'this system does not say which version it is'
    return
  fi
  if [ "$id" = debian ]; then
    point=$(tr -d ' \n' <"$root/etc/debian_version" 2>/dev/null)
    if printf '%s' "$point" | grep -Eq '^[0-9]+\.[0-9]+$'; then number=$point; fi
  fi
  case $id in
    alpine) product=alpine-linux ;;
    rocky) product=rocky-linux ;;
    amzn) product=amazon-linux ;;
    opensuse-leap) product=opensuse ;;
    centos) product=centos-stream ;;
    *) product=$id ;;
  esac
  ok system "{\"product\":$(text "$product"),\"version\":$(text "$number"),\"name\":$(text "${name:-$id $number}")}"
}

linux_volumes() {
  has lsblk || { missing volumes lsblk; return; }
  # The tree is walked upwards from each volume: encrypted is what has a crypt device above it.
  rows=$(lsblk -P -o KNAME,NAME,PKNAME,TYPE,MOUNTPOINTS 2>/dev/null | awk '
    function value(name,  start, rest) {
      start = index(" " $0, " " name "=\"")
      if (start == 0) return ""
      rest = substr($0, start + length(name) + 2)
      return substr(rest, 1, index(rest, "\"") - 1)
    }
    function crypt(k) { return k == "" ? 0 : (type[k] == "crypt" ? 1 : crypt(parent[k])) }
    function apart(k) { return k == "" ? 0 : (name[k] ~ /^(zram|ram|loop|sr)[0-9]/ ? 1 : apart(parent[k])) }
    { k = value("KNAME"); if (!(k in type)) order[++n] = k
      name[k] = value("NAME"); type[k] = value("TYPE"); mounts[k] = value("MOUNTPOINTS")
      if (value("PKNAME") != "") parent[k] = value("PKNAME") }
    END { for (i = 1; i <= n; i++) { k = order[i]
      if (apart(k)) continue
      count = split(mounts[k], all, /\\x0a/)
      for (j = 1; j <= count; j++) { gsub(/\\x20/, " ", all[j])
        if (all[j] == "" || all[j] == "/boot" || all[j] == "/boot/efi" || all[j] == "/efi") continue
        printf "%s\t%s\t%s\n", all[j], name[k], crypt(k) ? "true" : "false" } } }' | sort)
  if ! printf '%s\n' "$rows" | grep -q '^/	'; then
    no volumes incomplete 'the disk under / is not visible from here, as inside a container'
    return
  fi
  ok volumes "$(
    printf '%s\n' "$rows" | {
      comma='['
      while IFS='	' read -r mount device encrypted; do
        for folder in /home /Users /media /run/media /Volumes; do
          case $mount in "$folder"/?*) mount="$folder/$(token_of "$mount")" && break ;; esac
        done
        printf '%s{"mount":%s,"device":%s,"encrypted":%s}' "$comma" "$(text "$mount")" "$(text "$device")" "$encrypted"
        comma=,
      done
      printf ']'
    }
  )"
}

# Families of nft whose input chain drops what is not allowed in: by its policy, or by its last rule.
nft_closed() {
  awk '
    $1 == "table" { family = $2 }
    $1 == "chain" { inside = 1; hook = 0; drops = 0; last = ""; next }
    inside && /hook input/ { hook = 1; drops = /policy drop/; next }
    inside && $1 == "}" {
      gsub(/counter packets [0-9]+ bytes [0-9]+|counter|log( prefix "[^"]*")?/, "", last)
      gsub(/^[ \t]+|[ \t]+$/, "", last)
      if (hook && (drops || last ~ /^(drop|reject[^"]*)$/)) print family
      inside = 0; next }
    inside && NF { last = $0 }'
}

linux_firewall() {
  source=none
  if has nft; then
    source=nftables
    rules=$(nft list ruleset 2>/dev/null) || { no firewall denied 'nft refused to list the rules' root; return; }
    closed=$(printf '%s\n' "$rules" | nft_closed | sort -u | tr '\n' ' ')
    case " $closed" in
      *' inet '*) ok firewall '{"source":"nftables","defaultDeny":true}' && return ;;
      *' ip '*) case " $closed" in *' ip6 '*) ok firewall '{"source":"nftables","defaultDeny":true}' && return ;; esac ;;
    esac
  fi
  if has iptables; then
    rules=$(iptables -S INPUT 2>/dev/null) || { no firewall denied 'iptables refused to list the rules' root; return; }
    deny=false
    if printf '%s\n' "$rules" | grep -qx -- '-P INPUT DROP'; then deny=true; fi
    if printf '%s\n' "$rules" | tail -n 1 | grep -Eq -- '^-A INPUT -j (DROP|REJECT)'; then deny=true; fi
    ok firewall "{\"source\":\"iptables\",\"defaultDeny\":$deny}"
    return
  fi
  ok firewall "{\"source\":\"$source\",\"defaultDeny\":false}"
}

linux_updates() {
  has apt || { missing updates apt; return; }
  found=$(apt list --upgradable 2>/dev/null) || { no updates contract 'apt could not work out the updates'; return; }
  found=$(printf '%s\n' "$found" | grep -E '^[^/ ]+/[^ ]+ .*\[upgradable from')
  security=$(printf '%s\n' "$found" | grep -E '^[^/ ]+/[^ ]*-security([^A-Za-z0-9_]|$)' | cut -d/ -f1 | sort)
  all=$(printf '%s\n' "$found" | grep -c .)
  urgent=$(printf '%s\n' "$security" | grep -c .)
  lists=null
  folder="$root/var/lib/apt/lists/partial"
  [ ! -e "$folder" ] || lists="\"$(date -u -r "$folder" +%Y-%m-%dT%H:%M:%S.000Z)\""
  ok updates "{\"security\":$(printf '%s\n' "$security" | list),\"others\":$((all - urgent)),\"rebootRequired\":$(
    bool test -e "$root/run/reboot-required"
  ),\"listsAt\":$lists}"
}

linux_time() {
  has timedatectl || { missing 'time' timedatectl; return; }
  case $(timedatectl show -p NTPSynchronized --value 2>/dev/null) in
    yes) ok 'time' '{"synchronised":true}' ;;
    no) ok 'time' '{"synchronised":false}' ;;
    *) no 'time' not-configured 'the system does not say whether the clock is synchronised (no systemd)' ;;
  esac
}

linux_accounts() {
  for file in passwd group shadow; do
    [ -r "$root/etc/$file" ] || { no accounts denied 'the system refused access (EACCES)'; return; }
  done
  equal=$(awk -F: '$0 !~ /^#/ && $3 == "0" { print $1 }' "$root/etc/passwd" | sort | while IFS= read -r name; do
    if [ "$name" = root ]; then echo root; else echo "account-$(token_of "$name")"; fi
  done)
  administrators=$(awk -F: '$1 == "sudo" || $1 == "wheel" || $1 == "admin" { print $4 }' "$root/etc/group" |
    tr ',' '\n' | grep . | sort -u | grep -c .)
  empty=$(awk -F: '$0 != "" && $0 !~ /^#/ && $2 == ""' "$root/etc/shadow" | grep -c .)
  automatic=''
  for file in gdm3/daemon.conf gdm3/custom.conf gdm/custom.conf; do
    if [ -z "$automatic" ] && [ -r "$root/etc/$file" ]; then
      automatic=",\"automaticLogin\":$(bool grep -Eiq '^[[:space:]]*AutomaticLoginEnable[[:space:]]*=[[:space:]]*(true|1)[[:space:]]*$' "$root/etc/$file")"
    fi
  done
  ok accounts "{\"rootEquivalent\":$(printf '%s\n' "$equal" | list),\"administrators\":$administrators,\"emptyPasswords\":$empty$automatic}"
}

linux_ssh() {
  if ! has sshd; then
    ok ssh '{"installed":false,"rootLogin":"no","passwordLogin":false,"algorithms":[]}'
    return
  fi
  settings=$(sshd -T 2>/dev/null) || { no ssh denied 'sshd refused to show its settings' root; return; }
  setting() { printf '%s\n' "$settings" | awk -v key="$1" '$1 == key { $1 = ""; sub(/^ /, ""); print; exit }'; }
  login=true
  if [ "$(setting passwordauthentication)" = no ] && [ "$(setting permitemptypasswords)" != yes ]; then login=false; fi
  permitted=$(setting permitrootlogin)
  algorithms=$(for key in kexalgorithms ciphers macs; do setting "$key" | tr ',' '\n'; done)
  ok ssh "{\"installed\":true,\"rootLogin\":$(text "${permitted:-unknown}"),\"passwordLogin\":$login,\"algorithms\":$(printf '%s\n' "$algorithms" | list)}"
}

linux_logs() {
  journal=none
  [ ! -e "$root/run/log/journal" ] || journal=volatile
  [ ! -e "$root/var/log/journal" ] || journal=persistent
  ok logs "{\"journal\":\"$journal\",\"syslog\":$(bool test -e "$root/var/log/syslog"),\"forwarded\":$(
    bool grep -Eq '^[^#]*([[:space:]]@{1,2}[A-Za-z0-9_[]|omfwd)' "$root/etc/rsyslog.conf"
  )}"
}

linux_screen_lock() {
  sessions=$(ls "$root/usr/share/wayland-sessions" "$root/usr/share/xsessions" 2>/dev/null | grep '\.desktop$')
  [ -n "$sessions" ] || { ok screenLock '[]'; return; }
  if printf '%s\n' "$sessions" | grep -Evq '^(gnome|ubuntu)'; then
    no screenLock not-configured 'a desktop other than GNOME is installed; only the settings of GNOME are known'
    return
  fi
  values='' locked=''
  # The profile names the strongest first, so it is read last.
  for name in $(sed -n 's/^[[:space:]]*system-db:\([A-Za-z0-9_]*\)[[:space:]]*$/\1/p' "$root/etc/dconf/profile/user" 2>/dev/null |
    awk '{ all[NR] = $0 } END { for (i = NR; i > 0; i--) print all[i] }'); do
    folder="$root/etc/dconf/db/$name.d"
    for file in "$folder"/*; do
      [ -f "$file" ] || continue
      values="$values
$(awk '/^[ \t]*\[.+\][ \t]*$/ { path = $0; gsub(/^[ \t]*\[|\][ \t]*$/, "", path); next }
        match($0, /^[ \t]*[^#= \t]+[ \t]*=/) { key = substr($0, 1, RLENGTH - 1); value = substr($0, RLENGTH + 1)
          gsub(/[ \t]/, "", key); gsub(/^[ \t]+|[ \t]+$/, "", value)
          if (value != "") print "/" path "/" key "\t" value }' "$file")"
    done
    for file in "$folder"/locks/*; do
      [ -f "$file" ] || continue
      locked="$locked
$(sed 's/^[[:space:]]*//; s/[[:space:]]*$//' "$file")"
    done
  done
  last() {
    found=$(printf '%s\n' "$values" | awk -F'\t' -v key="$1" '$1 == key { value = $2 } END { print value }')
    printf '%s' "${found:-$2}"
  }
  idle=$(last /org/gnome/desktop/session/idle-delay 'uint32 300' | sed 's/^uint32  *//')
  delay=$(last /org/gnome/desktop/screensaver/lock-delay 'uint32 0' | sed 's/^uint32  *//')
  locks=$(last /org/gnome/desktop/screensaver/lock-enabled true)
  for number in "$idle" "$delay"; do
    case $number in '' | *[!0-9]*) no screenLock contract 'a delay of the screen lock is no number' && return ;; esac
  done
  enforced=true
  for key in session/idle-delay screensaver/lock-enabled screensaver/lock-delay; do
    printf '%s\n' "$locked" | grep -qx "/org/gnome/desktop/$key" || enforced=false
  done
  ok screenLock "[{\"desktop\":\"gnome\",\"idleSeconds\":$idle,\"locks\":$(bool test "$locks" = true),\"delaySeconds\":$delay,\"isEnforced\":$enforced}]"
}

linux_antivirus() {
  if [ ! -e "$root/etc/clamav/clamd.conf" ]; then
    no antivirus not-configured 'there is no ClamAV on this machine; other products cannot be asked'
    return
  fi
  has clamdscan || { missing antivirus clamdscan; return; }
  if ! clamdscan --ping 1 >/dev/null 2>&1; then
    ok antivirus '{"isAlive":false,"signaturesAt":null,"finds":false}'
    return
  fi
  signatures=null
  dated=$(clamdscan --version 2>/dev/null | cut -d/ -f3)
  if [ -n "$dated" ]; then
    stamp=$(date -u -d "$dated" +%Y-%m-%dT%H:%M:%S.000Z 2>/dev/null) ||
      { no antivirus contract 'the date of the signatures cannot be read'; return; }
    signatures="\"$stamp\""
  fi
  # The harmless test file of EICAR, put together here, so that no scanner takes this file for it.
  found=false
  if printf '%s%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$' 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*' |
    clamdscan --stream --no-summary - 2>/dev/null | grep -q 'FOUND$'; then found=true; fi
  ok antivirus "{\"isAlive\":true,\"signaturesAt\":$signatures,\"finds\":$found}"
}

linux_baseline() {
  report="$root/var/log/lynis-report.dat"
  [ -e "$report" ] || { no baseline not-configured 'no report of Lynis or OpenSCAP lies on this machine'; return; }
  [ -r "$report" ] || { no baseline denied 'the system refused access (EACCES)'; return; }
  number() { sed -n "s/^$1=//p" "$report" | head -n 1 | tr -d ' \r'; }
  score=$(number hardening_index) lynis=$(number lynis_version) tests=$(number lynis_tests_done)
  case "$lynis/$score" in
    */ | /* | */*[!0-9]*)
      no baseline contract 'the report of Lynis has no version or no hardening_index: it did not end'
      return
      ;;
  esac
  case $tests in "" | *[!0-9]*) tests=null ;; esac
  failed=$(sed -n 's/^warning\[\]=//p' "$report" | cut -d'|' -f1 | grep -E '^[A-Z]{2,8}-[0-9]+$' | sort -u)
  at=$(date -u -r "$report" +%Y-%m-%dT%H:%M:%S.000Z)
  ok baseline "{\"tool\":\"lynis\",\"profile\":$(text "Lynis $lynis"),\"at\":\"$at\",\"score\":$score,\"failed\":$(printf '%s\n' "$failed" | list),\"rules\":$tests}"
}

# ---------------------------------------------------------------------------------------------------------- macOS
# Never run on a real Mac.

macos_system() {
  number=$(sw_vers -productVersion 2>/dev/null)
  [ -n "$number" ] || { no system contract 'sw_vers printed no version'; return; }
  ok system "{\"product\":\"macos\",\"version\":$(text "$number"),\"name\":$(text "macOS $number")}"
}

macos_volumes() {
  has fdesetup || { missing volumes fdesetup; return; }
  state=$(fdesetup status 2>/dev/null)
  # Until it has ended, a part of the disk lies in the clear.
  case $state in
    *'cryption in progress'*) encrypted=false ;;
    'FileVault is On.'*) encrypted=true ;;
    'FileVault is Off.'*) encrypted=false ;;
    *) no volumes contract 'fdesetup does not say whether FileVault is on' && return ;;
  esac
  ok volumes "[{\"mount\":\"/\",\"device\":\"FileVault\",\"encrypted\":$encrypted}]"
}

macos_firewall() {
  program=/usr/libexec/ApplicationFirewall/socketfilterfw
  if has socketfilterfw; then program=socketfilterfw; fi
  case $("$program" --getglobalstate 2>/dev/null) in
    *'State = 0'*) ok firewall '{"source":"macos","defaultDeny":false}' ;;
    *'State = '[12]*) ok firewall '{"source":"macos","defaultDeny":true}' ;;
    *) no firewall contract 'socketfilterfw does not say the state of the firewall' ;;
  esac
}

macos_updates() {
  domain=/Library/Preferences/com.apple.SoftwareUpdate
  looked=$(defaults read "$domain" LastSuccessfulDate 2>/dev/null)
  stamp=null
  if printf '%s' "$looked" | grep -Eq '^[0-9-]{10} [0-9:]{8} \+0000$'; then
    stamp="\"$(printf '%s' "$looked" | sed 's/ +0000$//; s/ /T/').000Z\""
  fi
  # All that Apple recommends counts as a security update; one that waits for a restart is still among them.
  names=$(defaults read "$domain" RecommendedUpdates 2>/dev/null | sed -n 's/^ *"Display Name" = "\{0,1\}\([^";]*\)"\{0,1\};$/\1/p' | sort)
  ok updates "{\"security\":$(printf '%s\n' "$names" | list),\"others\":0,\"rebootRequired\":false,\"listsAt\":$stamp}"
}

macos_time() {
  case $(systemsetup -getusingnetworktime 2>/dev/null) in
    *'Network Time: On'*) ok 'time' '{"synchronised":true}' ;;
    *'Network Time: Off'*) ok 'time' '{"synchronised":false}' ;;
    *) no 'time' denied 'systemsetup refused to say whether network time is on' root ;;
  esac
}

macos_accounts() {
  members=$(dscl . -read /Groups/admin GroupMembership 2>/dev/null) ||
    { no accounts contract 'dscl does not list the administrators'; return; }
  administrators=$(printf '%s\n' "${members#GroupMembership:}" | tr ' ' '\n' | grep -v '^root$' | grep -c .)
  equal=$(dscl . -list /Users UniqueID 2>/dev/null | awk '$2 == "0" { print $1 }' | sort | while IFS= read -r name; do
    if [ "$name" = root ]; then echo root; else echo "account-$(token_of "$name")"; fi
  done)
  # Only that somebody is signed in is kept, not who.
  automatic=$(bool defaults read /Library/Preferences/com.apple.loginwindow autoLoginUser)
  ok accounts "{\"rootEquivalent\":$(printf '%s\n' "$equal" | list),\"administrators\":$administrators,\"emptyPasswords\":null,\"automaticLogin\":$automatic}"
}

macos_screen_lock() {
  managed="$root/Library/Managed Preferences/com.apple.screensaver"
  idle=$(defaults read "$managed" idleTime 2>/dev/null)
  if [ -n "$idle" ]; then
    ask=$(defaults read "$managed" askForPassword 2>/dev/null) delay=$(defaults read "$managed" askForPasswordDelay 2>/dev/null)
    enforced=true
  else
    if [ "$(id -u)" = 0 ]; then
      no screenLock denied 'no profile enforces the screen lock, and root does not see what a user has set' 'a user, or a profile'
      return
    fi
    idle=$(defaults -currentHost read com.apple.screensaver idleTime 2>/dev/null)
    enforced=false ask=1 delay=''
    case $(sysadminctl -screenLock status 2>&1) in
      *'screenLock is off'*) ask=0 ;;
      *'delay is immediate'*) delay=0 ;;
      *'delay is '*' seconds'*) delay=$(sysadminctl -screenLock status 2>&1 | sed -n 's/.*delay is \([0-9]*\).*/\1/p') ;;
      *) no screenLock contract 'sysadminctl does not say the delay of the screen lock' && return ;;
    esac
  fi
  for number in "${idle:=1200}" "${delay:=0}"; do
    case $number in *[!0-9]*) no screenLock contract 'a delay of the screen lock is no number' && return ;; esac
  done
  ok screenLock "[{\"desktop\":\"macos\",\"idleSeconds\":$idle,\"locks\":$(bool test "${ask:-0}" = 1),\"delaySeconds\":$delay,\"isEnforced\":$enforced}]"
}

# ------------------------------------------------------------------------------------------------------------- all

collect() {
  case $(uname -s) in
    Linux) looks='linux_system linux_volumes linux_firewall linux_updates linux_time linux_accounts linux_ssh linux_logs linux_screen_lock linux_antivirus linux_baseline' ;;
    Darwin) looks='macos_system macos_volumes macos_firewall macos_updates macos_time macos_accounts macos_screen_lock' ;;
    *) die 'this file knows Linux and macOS; for Windows there is collect-host.ps1' ;;
  esac
  printf '{"format":"art32.host/1","computer":"%s",' "$computer"
  [ -z "$label" ] || printf '"label":%s,' "$(text "$label")"
  printf '"at":"%s","collector":"collect-host.sh %s","groups":{' "$(date -u +%Y-%m-%dT%H:%M:%S.000Z)" "$version"
  comma=''
  for look in $looks; do
    printf '%s' "$comma"
    "$look"
    comma=,
  done
  printf '}}\n'
}

push() {
  has curl || die 'curl is needed to send'
  case $server in
    https://*) ;;
    http://localhost | http://localhost:* | http://127.0.0.1 | http://127.0.0.1:*) ;;
    *) die 'name the server by https, as in --push https://art32.example: over plain HTTP the token could be read' ;;
  esac
  case $tenant in '' | *[!a-z0-9-]*) die 'name the tenant by its short name: --tenant example' ;; esac
  token=${ART32_TOKEN:-}
  [ -z "$token_file" ] || token=$(cat "$token_file" 2>/dev/null) || die 'the file with the token cannot be read'
  case $token in
    art32_*[!0-9A-Za-z_]*) die 'what is given as the token is none: one begins with art32_ and has 44 characters' ;;
    art32_*) ;;
    *) die 'the token is missing: set ART32_TOKEN, or name a file by --token-file' ;;
  esac
  work=$(mktemp -d) || die 'there is no place for a temporary file'
  trap 'rm -rf "$work"' EXIT
  collect >"$work/facts"
  # By the configuration on stdin, so that the token stands in no list of processes.
  status=$(printf 'header = "authorization: Bearer %s"\n' "$token" |
    curl --config - --silent --show-error --max-time 60 --tlsv1.2 --header 'content-type: application/json' \
      --data-binary "@$work/facts" --output "$work/answer" --write-out '%{http_code}' \
      "${server%/}/api/tenants/$tenant/computer/push") || die 'art32 could not be reached; the facts were not sent'
  say=$(tr -cd '\040-\176' <"$work/answer" | sed -n 's/.*"detail":"\([^"]*\)".*/\1/p')
  case $status in
    200) echo 'collect-host.sh: sent' >&2 ;;
    *)
      printf 'collect-host.sh: art32 answered %s: %s\n' "$status" "$say" >&2
      exit 1
      ;;
  esac
}

label='' output='' token_file='' mode=print
# A file that was not downloaded from art32 does not know where to send.
case $server in @*) server='' ;; esac
case $tenant in @*) tenant='' ;; esac
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage && exit 0 ;;
    --id) mode=id ;;
    --push)
      mode=push
      case ${2:-} in '' | --*) ;; *) server=$2 && shift ;; esac
      ;;
    --tenant | --label | --output | --token-file)
      [ $# -gt 1 ] || die "$1 needs a value"
      case $1 in
        --tenant) tenant=$2 ;;
        --label) label=$2 ;;
        --output) output=$2 ;;
        --token-file) token_file=$2 ;;
      esac
      shift
      ;;
    *) die "not understood: $1 (--help explains)" ;;
  esac
  shift
done
computer=$(computer_id) || exit 2
case $mode in
  id) echo "$computer" ;;
  push) push ;;
  print) if [ -n "$output" ]; then collect >"$output"; else collect; fi ;;
esac
