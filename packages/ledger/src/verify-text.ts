/**
 * The text of VERIFY.md in a bundle of format `art32.bundle/1`: how to check it with GNU coreutils, bash and OpenSSL alone.
 *
 * It is part of the format, byte for byte: a verifier compares it, because nothing else in the bundle vouches for it, and a
 * changed instruction is the cheapest forgery. Who changes a word adds the hash of what was there before to
 * {@link earlierVerifyTexts}, since bundles stay as they were made.
 *
 * No text out of a file may get into $((…)): bash would run a command that hides in it.
 */
export const verifyText = String.raw`# How to check this bundle without trusting us

This folder is a complete, signed record (a C2SP tiled transparency log) of one provider's measures and of one edition of
its TOM document. The commands below need bash, GNU coreutils, grep, sed and OpenSSL 1.1.1 or newer, and no network. Run them in this
folder. What they show: nothing in the record was changed, removed or put in another order since the checkpoint was signed.
What they do not show: that the provider's own observations are true, and that its clock was right.

## 0. The short way

Where Node.js 20.19 or newer is at hand, "node files/art32-verify.mjs ." checks all of the below and what the edition claims, in
this folder and without a network; where that file is missing, an earlier release made the bundle. The file came with what it
checks: compare what "sha256sum files/art32-verify.mjs" prints with the hash that art32 publishes with each release, in
docs/reference/verifier.md, or take the file from there. Whoever trusts neither goes on by hand.

## 1. The key

The line "log" in policy.txt is the provider's public key. Compare it with what you got another way (the annex of your
contract, the trust page, DNS). A bundle cannot vouch for its own key.

    cat policy.txt
    work="$(mktemp -d)"

## 2. The signature

    origin="$(head -n 1 checkpoint)"
    vkey="$(grep -F "log $origin+" policy.txt | head -n 1 | cut -d ' ' -f 2)"
    { printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; echo "$vkey" | cut -d + -f 3- | base64 -d | tail -c 32; } > "$work/key.der"
    grep "^— $origin " checkpoint | head -n 1 | sed 's/.* //' | base64 -d | tail -c 64 > "$work/signature"
    sed '/^$/,$d' checkpoint > "$work/text"
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$work/text" -sigfile "$work/signature"

"Signature Verified Successfully" is the right answer.

## 3. The record belongs to the signature

Recomputes the root of the tree from every entry and compares it with the third line of the checkpoint (RFC 6962).
A thousand entries take about ten seconds.

    size="$(sed -n 2p checkpoint)"
    i=0
    for tile in $(find tile/entries -type f | sed 's/[.]p.*//' | LC_ALL=C sort); do
      file="$tile"; [ -f "$file" ] || file="$(echo "$tile".p/*)"
      at=0; end="$(stat -c %s "$file")"
      while [ "$at" -lt "$end" ]; do
        set -- $(od -An -tu1 -j "$at" -N 2 "$file"); length=$(($1 * 256 + $2))
        tail -c +$((at + 3)) "$file" | head -c "$length" > "$work/$i.json"
        { printf '\0'; cat "$work/$i.json"; } | openssl dgst -sha256 -binary > "$work/$i.hash"
        at=$((at + 2 + length)); i=$((i + 1))
      done
    done
    [ "$i" = "$size" ] && echo "all $size entries are here" || echo "NOT $size BUT $i ENTRIES"
    root() { # root FROM TO: writes the hash over these leaves
      if [ $(($2 - $1)) = 1 ]; then cat "$work/$1.hash"; return; fi
      local width=1; while [ $((width * 2)) -lt $(($2 - $1)) ]; do width=$((width * 2)); done
      { printf '\1'; root "$1" $(($1 + width)); root $(($1 + width)) "$2"; } | openssl dgst -sha256 -binary
    }
    [ "$i" -gt 0 ] && [ "$(root 0 "$i" | base64)" = "$(sed -n 3p checkpoint)" ] && echo "root is right" || echo "ROOT DIFFERS"

Each file N.json in the folder $work is now an entry as it was recorded; its "seq" is N and its "log" is the first line of the checkpoint.

## 4. Contents belong to the record

A leaf holds commitments, SHA-256 over 32 random bytes and the content. Those that are opened here:

    for salt in openings/*/*.salt; do
      content="${'$'}{salt%.salt}.content"; leaf="$(basename "$(dirname "$salt")")"
      c="$(cat "$salt" "$content" | openssl dgst -sha256 -binary | base64)"
      grep -qF "\"c\":\"$c\"" "$work/$leaf.json" && echo "opens   $content" || echo "DOES NOT OPEN $content"
    done

A commitment without an opening is withheld or erased; that it was recorded stays proven.

## 5. Files of the edition

The edition's content names the SHA-256 of every file.

    edition="$(sed 's/.*"editionLeaf":\([0-9]*\).*/\1/' bundle.json | tr -cd 0-9)"
    for file in files/*; do
      grep -qF "\"$(sha256sum < "$file" | cut -c 1-64)\"" "openings/$edition/content.content" && echo "right   $file" || echo "WRONG   $file"
    done

## 6. The installation's own log, and its witnesses

Where there is a folder instance/, the installation recorded a head of this record in a log of its own. This shows that the
entry instance/leaf is under instance/checkpoint (RFC 9162, 2.1.3.2), and that the head in it is one of this record:

    sed '/^$/,$d' instance/checkpoint > "$work/head"
    included() { # included FOLDER: the root that leaf and proof lead to
      local at last hash side
      at="$(sed -n 's/^index //p' "$1/tenant.tlog-proof" | head -n 1 | tr -cd 0-9)"; last=$(($(sed -n 2p "$1/checkpoint" | tr -cd 0-9) - 1))
      { printf '\0'; cat "$1/leaf"; } | openssl dgst -sha256 -binary > "$work/node"
      for hash in $(sed '1,/^index /d;/^$/,$d' "$1/tenant.tlog-proof"); do
        side=right
        if [ $((at % 2)) = 1 ] || [ "$at" = "$last" ]; then
          side=left; while [ $((at % 2)) = 0 ] && [ "$at" -gt 0 ]; do at=$((at / 2)); last=$((last / 2)); done
        fi
        if [ $side = left ]; then { printf '\1'; echo "$hash" | base64 -d; cat "$work/node"; }
        else { printf '\1'; cat "$work/node"; echo "$hash" | base64 -d; }; fi | openssl dgst -sha256 -binary > "$work/next"
        mv "$work/next" "$work/node"; at=$((at / 2)); last=$((last / 2))
      done
      base64 < "$work/node"
    }
    covers() { # covers FOLDER: how many entries of this record its head covers
      local size; size="$(sed 's/.*"head":{[^}]*"size":\([0-9]*\)}.*/\1/' "$1/leaf" | tr -cd 0-9)"
      [ "$(included "$1")" = "$(sed -n 3p "$1/checkpoint")" ] && grep -qF "\"origin\":\"$origin\",\"root\":\"$(root 0 "$size" | base64)\"" "$1/leaf" \
        && echo "$1 covers the first $size entries" || echo "$1 DOES NOT BELONG TO THIS RECORD"
    }
    if [ -d instance ]; then covers instance; fi

Where policy.txt has lines "witness", somebody else cosigned that checkpoint. A witness cosigns only what continues the log that it
saw before. Whether it is independent of the provider, its key does not tell: compare it with one that you got from the witness.

    grep '^witness ' policy.txt | while read -r _ name vkey; do
      { printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; echo "$vkey" | cut -d + -f 3- | base64 -d | tail -c 32; } > "$work/witness.der"
      grep -F -- "— $name " instance/checkpoint | head -n 1 | sed 's/.* //' | base64 -d > "$work/cosignature"
      time=$((0x$(od -An -tx1 -j 4 -N 8 "$work/cosignature" | tr -cd 0-9a-f)))
      { printf 'cosignature/v1\ntime %s\n' "$time"; cat "$work/head"; } > "$work/cosigned"
      tail -c 64 "$work/cosignature" > "$work/signature"
      openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/witness.der" -rawin -in "$work/cosigned" -sigfile "$work/signature" \
        && echo "$name at $(date -u -d "@$time" +%FT%TZ)"
    done

## 7. The time stamp

Where there is a folder stamp/, a time-stamping authority (RFC 3161) vouches that a head of the installation's log existed at a
time. stamp/tsa.pem is the root that the provider names; use one that you got another way instead.

    if [ -d stamp ]; then
      covers stamp
      sed '/^$/,$d' stamp/checkpoint > "$work/stamped"
      openssl ts -verify -in stamp/token.tsr -data "$work/stamped" -CAfile stamp/tsa.pem
      openssl ts -reply -in stamp/token.tsr -text | grep '^Time stamp: '
    fi

The signature on stamp/checkpoint is checked as in 2, with the key of the installation's log in policy.txt.

## 8. Other tools

checkpoint and tile/ are a log in the format of c2sp.org/tlog-tiles, policy.txt one of c2sp.org/tlog-policy, and
instance/tenant.tlog-proof one of c2sp.org/tlog-proof with cosignatures of c2sp.org/tlog-cosignature: any tool for these
formats reads them, for example Go's golang.org/x/mod/sumdb/tlog and note.
`.replaceAll("${'$'}", '$')

/** SHA-256 in hexadecimal of the texts that earlier releases put into bundles of this format. */
export const earlierVerifyTexts: readonly string[] = [
  '84f72205c99225818a9702ac7e9fa2e2a600106ac2c39cf401bf06be072d2907',
  '8b0f86d766784ece9c9ffa256d68265bfcd52460e51556dc7cadef997f67d797',
]
