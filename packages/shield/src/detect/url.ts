/**
 * URLs that tell who someone is: user information before the @, or a parameter with a token, an address, a name.
 */
import { alnum, classOf, flags, letter } from './bytes.ts'
import { hashRange, wordSet } from './cues.ts'
import type { Range, StructureDetector } from './detector.ts'

/** How far into a URL its parameters are looked for; what follows the first that counts belongs to it up to `longest`. */
const searched = 1024
const longest = 8192

const ends = flags(' \t\r\n"\'<>`{}|\\^')
const trailing = flags('.,;:!?)]*')

const personal = wordSet(
  `token accesstoken idtoken refreshtoken authtoken auth authorization key apikey sig signature session sessionid sid jsessionid phpsessid email mail emailaddress user username userid uid login name firstname
  lastname vorname nachname nom prenom phone tel mobile telefon iban password pwd pass passwd secret clientsecret code otp ticket invite invitation reset resettoken customer customerid
  kundennummer kdnr account accountid member memberid person personid patient lat lon lng latitude longitude ip birthdate dob geburtsdatum xamzsignature xamzcredential xamzsecuritytoken
  jwt state nonce verify confirm unsubscribe subscriber recipient contact hash magic loginhint clientid gclid fbclid msclkid`,
)

/** The begin of the scheme whose colon is at `at`; -1 where there is none. */
function schemeStart(bytes: Uint8Array, at: number, start: number, end: number): number {
  if (at + 3 >= end || bytes[at + 1] !== 47 || bytes[at + 2] !== 47) return -1
  let from = at
  while (from > start && at - from < 16 && ((classOf[bytes[from - 1] ?? 0] ?? 0) & alnum) !== 0) from--
  return at - from >= 2 && ((classOf[bytes[from] ?? 0] ?? 0) & letter) !== 0 ? from : -1
}

/** Whether the URL behind `://` at `at` says who someone is. */
function isPersonal(bytes: Uint8Array, at: number, end: number): boolean {
  const limit = Math.min(end, at + searched)
  let authority = true
  let name = -1
  for (let i = at; i < limit; i++) {
    const byte = bytes[i] ?? 0
    if (ends[byte] === 1) return false
    // An address within it is looked at by itself.
    if (byte === 58 && i + 2 < limit && bytes[i + 1] === 47 && bytes[i + 2] === 47) return false
    if (authority) {
      if (byte === 64) return i > at
      if (byte === 47 || byte === 63 || byte === 35) authority = false
    }
    if (byte === 63 || byte === 38 || byte === 35 || byte === 59) name = i + 1
    else if (byte === 61 && name > 0) {
      if (i + 1 < end && hasValue(bytes[i + 1] ?? 0) && personal.has(hashRange(bytes, name, i))) return true
      name = -1
    }
  }
  return false
}

function hasValue(byte: number): boolean {
  return ends[byte] !== 1 && byte !== 38 && byte !== 35
}

function urlEnd(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + longest)
  let to = at
  while (to < limit && ends[bytes[to] ?? 0] !== 1) to++
  while (to > at && trailing[bytes[to - 1] ?? 0] === 1) to--
  return to
}

function find(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const from = schemeStart(bytes, at, start, end)
  if (from < 0 || !isPersonal(bytes, at + 3, end)) return false
  found.start = from
  found.end = urlEnd(bytes, at, end)
  return true
}

const whole: Range = { start: 0, end: 0 }

export const url: StructureDetector = {
  family: 'structure',
  id: 'url',
  title: { en: 'Web address with personal data', de: 'Webadresse mit persönlichen Angaben' },
  basis: 'RFC 3986; recital 30 GDPR',
  source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3',
  layout: {
    en: 'A scheme and ://, then user information before an @, or a parameter such as token, session, email, name or code with a value.',
    de: 'Ein Schema und ://, dann Benutzerangaben vor einem @ oder ein Parameter wie token, session, email, name oder code mit Wert.',
  },
  example: 'https://example.org/reset?token=9f86d081884c7d65',
  accuracy: {
    en: 'Tokens in the path are not told apart from names of pages; addresses and numbers in a path are found by their own detectors.',
    de: 'Token im Pfad sind nicht von Seitennamen zu unterscheiden; Adressen und Nummern im Pfad finden deren eigene Detektoren.',
  },
  chance: 1,
  anchors: flags(':'),
  is(bytes, start, end) {
    for (let at = start; at < Math.min(end, start + 16); at++) {
      if (bytes[at] === 58)
        return find(bytes, at, start, end, whole) && whole.start === start && urlEnd(bytes, at, end) >= end - 1
    }
    return false
  },
  find,
  canonical(bytes, start, end, out, at) {
    out.set(bytes.subarray(start, end), at)
    return end - start
  },
}
