/**
 * What opens doors: keys of known services, tokens, private keys, passwords behind their word; and names of users behind theirs.
 */
import { alnum, ascii, classOf, digit, flags, letter, startsWith, upper } from './bytes.ts'
import { hashOf, hashRange, wordSet, type Words32 } from './cues.ts'
import type { Range, StructureDetector } from './detector.ts'

/** A key of a service: what it begins with, and how many characters of base64url follow at least. */
const services: readonly (readonly [prefix: Uint8Array, least: number])[] = (
  [
    ['AKIA', 16],
    ['ASIA', 16],
    ['AIza', 35],
    ['ghp_', 36],
    ['gho_', 36],
    ['ghu_', 36],
    ['ghs_', 36],
    ['ghr_', 36],
    ['github_pat_', 40],
    ['glpat-', 20],
    ['gldt-', 20],
    ['xoxb-', 20],
    ['xoxp-', 20],
    ['xoxa-', 20],
    ['xoxs-', 20],
    ['xapp-', 20],
    ['sk_live_', 16],
    ['sk_test_', 16],
    ['rk_live_', 16],
    ['rk_test_', 16],
    ['pk_live_', 16],
    ['whsec_', 16],
    ['sk-ant-', 20],
    ['sk-proj-', 20],
    ['sk-', 32],
    ['SG.', 40],
    ['npm_', 36],
    ['pypi-', 40],
    ['hf_', 30],
    ['dop_v1_', 40],
    ['ya29.', 30],
    ['eyJ', 30],
  ] as const
).map(([prefix, least]) => [ascii(prefix), least])

const serviceBegins = flags('AgxsrpwSndhye')
const longestToken = 8192
/** Before the first digit of a key: a part of it, or the space behind Bearer. */
const beforeDigit = flags(' ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-.')
/** The letters before the first dash or line of a prefix above. */
const beforeMark = flags('pousretbaskitm1f')

/** Characters of a token: base64url, and the dots of a JWT. */
const tokenMarks = flags('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.')

function tokenStart(bytes: Uint8Array, at: number, start: number): number {
  const limit = Math.max(start, at - 64)
  let from = at
  while (from > limit && tokenMarks[bytes[from - 1] ?? 0] === 1) from--
  return from === limit && limit > start ? -1 : from
}

function tokenEnd(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + longestToken)
  let to = at
  while (to < limit && tokenMarks[bytes[to] ?? 0] === 1) to++
  while (to > at && (bytes[to - 1] === 46 || bytes[to - 1] === 45)) to--
  return to
}

/** Finds the key of a service that the byte at `at` is in. */
function findIssued(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const from = tokenStart(bytes, at, start)
  if (from < 0 || serviceBegins[bytes[from] ?? 0] !== 1) return false
  for (const [prefix, least] of services) {
    if (prefix[0] !== bytes[from] || !startsWith(bytes, from, end, prefix)) continue
    const to = tokenEnd(bytes, from, end)
    if (to - from < prefix.length + least) return false
    if (prefix[0] === 0x65 && !hasDots(bytes, from, to)) return false
    found.start = from
    found.end = to
    return true
  }
  return false
}

/** A JWT has two dots; an encrypted one four. */
function hasDots(bytes: Uint8Array, from: number, to: number): boolean {
  let count = 0
  for (let i = from; i < to; i++) if (bytes[i] === 46) count++
  return count >= 2
}

const pemBegin = ascii('-----BEGIN ')
const pemEnd = ascii('-----END ')
const privateKey = ascii('PRIVATE KEY')
const longestPem = 16_384

function findPem(bytes: Uint8Array, at: number, end: number, found: Range): boolean {
  if (!startsWith(bytes, at, end, pemBegin)) return false
  const head = Math.min(end, at + 64)
  let key = at
  while (key < head && !startsWith(bytes, key, end, privateKey)) key++
  if (key === head) return false
  const limit = Math.min(end, at + longestPem)
  let to = key
  while (to < limit && !startsWith(bytes, to, end, pemEnd)) to++
  while (to < limit && bytes[to] !== 10 && bytes[to] !== 34) to++
  found.start = at
  found.end = to
  return true
}

/** By the last three letters of a key: whether any of the words below ends so. */
const mayBeKey = new Uint8Array(1 << 15)

function keyWords(texts: string): Words32 {
  for (const text of texts.split(' ')) {
    const bytes = ascii(text)
    mayBeKey[lastThree(bytes, bytes.length)] = 1
  }
  return wordSet(texts)
}

/** The place behind the key's last letter, −1 where the three bytes before it end none of the words. */
function keyEnd(bytes: Uint8Array, at: number, start: number): number {
  const limit = Math.max(start + 1, at - 4)
  let to = at
  while (to > limit && (bytes[to - 1] === 32 || bytes[to - 1] === 34 || bytes[to - 1] === 39)) to--
  return to - 3 >= start && mayBeKey[lastThree(bytes, to)] === 1 ? to : -1
}

/** Five bits of each, which are the same in both cases. */
function lastThree(bytes: Uint8Array, to: number): number {
  return (((bytes[to - 3] ?? 0) & 31) << 10) | (((bytes[to - 2] ?? 0) & 31) << 5) | ((bytes[to - 1] ?? 0) & 31)
}

/** Words before `=` and `:` whose value is a secret, however it looks. */
const passwordWords = keyWords(
  'password passwd passwort kennwort pwd pass passphrase secret clientsecret apisecret secretkey appsecret motdepasse mdp contraseña wachtwoord hasło credential credentials privatekey encryptionkey signingkey masterkey accesskey awssecretaccesskey secretaccesskey accountkey sharedaccesskey connectionpassword dbpassword userpassword pgpassword mysqlpwd',
)
/** Words whose value is a secret when it looks like one. */
const tokenWords = keyWords(
  'token accesstoken refreshtoken idtoken authtoken apitoken bearertoken apikey xapikey authkey authorization auth bearer session sessionid sessiontoken sid jsessionid phpsessid connectsid jwt csrf csrftoken xsrftoken otp awsaccesskeyid accesskeyid subscriptionkey webhook signature sig nonce cookie setcookie',
)
const userWords = keyWords(
  'user username login loginname userid usr benutzer benutzername benutzerkennung kennung utilisateur identifiant nomdutilisateur account accountname nick nickname handle samaccountname uid logonname suser duser remoteuser authuser principal actor owner',
)
const schemes = wordSet('bearer basic token digest negotiate apikey')

/** The words of the key that ends before `at`; hashes with the letters of up to three of its parts, the last alone first. */
const keyHashes = new Int32Array(3)
let keyCount = 0
const keyMarks = flags('_-.')

function readKey(bytes: Uint8Array, at: number, start: number): void {
  keyCount = 0
  const to = keyEnd(bytes, at, start)
  if (to < 0) return
  const limit = Math.max(start, to - 48)
  let from = to
  while (from > limit && keyCount < 3) {
    const byte = bytes[from - 1] ?? 0
    if (((classOf[byte] ?? 0) & (letter | 8)) !== 0) {
      from--
      continue
    }
    if (from === to || (keyMarks[byte] !== 1 && byte !== 32)) break
    note(bytes, from, to)
    from--
  }
  if (from < to && keyCount < 3) note(bytes, from, to)
}

function note(bytes: Uint8Array, from: number, to: number): void {
  keyHashes[keyCount] = hashRange(bytes, from, to)
  keyCount++
}

function keyIs(words: Words32): boolean {
  for (let i = 0; i < keyCount; i++) if (words.has(keyHashes[i] ?? 0)) return true
  return false
}

const valueEnds = flags(' \t\r\n"\'`,;&<>(){}[]|\\')
const value: Range = { start: 0, end: 0 }
let quoted = false

/** Reads the value behind the `=` or `:` at `at`. */
function readValue(bytes: Uint8Array, at: number, end: number, behindScheme = false): boolean {
  let from = at + 1
  if (from < end && bytes[from] === 32) from++
  quoted = from < end && (bytes[from] === 34 || bytes[from] === 39)
  const quote = quoted ? bytes[from] : 0
  if (quoted) from++
  const limit = Math.min(end, from + longestToken)
  let to = from
  while (to < limit && (quoted ? bytes[to] !== quote && bytes[to] !== 10 : valueEnds[bytes[to] ?? 0] !== 1)) to++
  value.start = from
  value.end = to
  if (
    !quoted &&
    !behindScheme &&
    to - from < 12 &&
    to + 1 < end &&
    bytes[to] === 32 &&
    schemes.has(hashRange(bytes, from, to))
  ) {
    return readValue(bytes, to, end, true)
  }
  if (!quoted) value.end = withoutMarks(bytes, from, value.end)
  return value.end > value.start
}

/** Without the marks that end a sentence. */
function withoutMarks(bytes: Uint8Array, from: number, to: number): number {
  let last = to
  while (last > from && sentenceEnds[bytes[last - 1] ?? 0] === 1) last--
  return last
}

const sentenceEnds = flags('.!?')

const nothing = new Set(
  [
    'null',
    'none',
    'undefined',
    'true',
    'false',
    'nil',
    'redacted',
    'required',
    'missing',
    'invalid',
    'expired',
    'empty',
    'optional',
    'string',
    'hidden',
    'removed',
  ].map(hashOf),
)

/** What a value is made of: 1 digits, 2 lower, 4 upper, 8 other. */
function kindsOf(bytes: Uint8Array, from: number, to: number): number {
  let kinds = 0
  for (let i = from; i < to; i++) {
    const kind = classOf[bytes[i] ?? 0] ?? 0
    kinds |= kind === digit ? 1 : kind === upper ? 4 : (kind & letter) !== 0 ? 2 : 8
  }
  return kinds
}

/** Whether an `=` or `:` stands as between key and value: not `==`, `=>`, `::`, `://`. */
function isAssignment(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  const before = at > start ? (bytes[at - 1] ?? 0) : 0
  const behind = at + 1 < end ? (bytes[at + 1] ?? 0) : 0
  return (
    behind !== 61 &&
    behind !== 47 &&
    behind !== 62 &&
    behind !== 58 &&
    before !== 58 &&
    before !== 33 &&
    before !== 61 &&
    behind !== 0
  )
}

/** Whether the sentence goes on behind an unquoted value after a colon: then it may be any word. */
function inProse(bytes: Uint8Array, at: number, end: number): boolean {
  if (quoted || bytes[at] === 61 || at + 1 >= end || bytes[at + 1] !== 32) return false
  const to = value.end
  return to + 1 < end && bytes[to] === 32 && ((classOf[bytes[to + 1] ?? 0] ?? 0) & letter) !== 0
}

function findAssigned(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  if (!isAssignment(bytes, at, start, end)) return false
  readKey(bytes, at, start)
  if (keyCount === 0) return false
  const password = keyIs(passwordWords)
  if (!password && !keyIs(tokenWords)) return false
  if (!readValue(bytes, at, end) || nothing.has(hashRange(bytes, value.start, value.end))) return false
  const size = value.end - value.start
  const kinds = kindsOf(bytes, value.start, value.end)
  if (kinds === 8) return false
  if (
    password
      ? size < 3 || (kinds === 2 && inProse(bytes, at, end))
      : size < 10 || (kinds & 7) === 2 || (kinds & 7) === 4
  )
    return false
  found.start = value.start
  found.end = value.end
  return true
}

/** Whether [from, to) is long and mixed as only made-up strings are. */
function looksRandom(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 20) return false
  const kinds = kindsOf(bytes, from, to)
  return (kinds & 7) === 7 || (to - from >= 32 && (kinds & 1) === 1 && (kinds & 6) !== 0)
}

function findBehindScheme(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const from = tokenStart(bytes, at, start)
  if (from - 6 < start || bytes[from - 1] !== 32) return false
  const to = tokenEnd(bytes, at, end)
  if (!looksRandom(bytes, from, to)) return false
  let begin = from - 1
  while (begin > start && from - begin < 9 && ((classOf[bytes[begin - 1] ?? 0] ?? 0) & letter) !== 0) begin--
  if (!schemes.has(hashRange(bytes, begin, from - 1))) return false
  found.start = from
  found.end = to
  return true
}

/** Whether no digit of the same token stands before `at`: at that one it was looked at. */
function isFirstDigit(bytes: Uint8Array, at: number, start: number): boolean {
  const limit = Math.max(start, at - 64)
  for (let i = at - 1; i >= limit; i--) {
    const byte = bytes[i] ?? 0
    if (classOf[byte] === digit) return false
    if (tokenMarks[byte] !== 1) return true
  }
  return true
}

function find(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const byte = bytes[at] ?? 0
  if (byte === 61 || byte === 58) return findAssigned(bytes, at, start, end, found)
  const before = at > start ? (bytes[at - 1] ?? 0) : 0
  if (byte === 45 && before !== 45 && at + 1 < end && bytes[at + 1] === 45) return findPem(bytes, at, end, found)
  if (byte === 95 || (byte === 45 && before !== 32 && before !== 45))
    return beforeMark[before] === 1 && findIssued(bytes, at, start, end, found)
  if (((classOf[before] ?? 0) & alnum) === 0 && before !== 95 && before !== 45)
    return findBehindSchemeAt(bytes, at, start, end, found)
  if (!isFirstDigit(bytes, at, start)) return false
  return findIssued(bytes, at, start, end, found) || findBehindScheme(bytes, at, start, end, found)
}

function findBehindSchemeAt(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  return at > start && bytes[at - 1] === 32 && findBehindScheme(bytes, at, start, end, found)
}

const whole: Range = { start: 0, end: 0 }

export const secret: StructureDetector = {
  family: 'structure',
  id: 'secret',
  title: { en: 'Secret: key, token, password', de: 'Geheimnis: Schlüssel, Token, Passwort' },
  basis: 'Art. 32(1)(b) GDPR; RFC 6750, RFC 7519, RFC 7468',
  source: 'https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns',
  layout: {
    en: 'Keys of known services by their prefix and length, JWT, private keys in PEM, and what stands behind password=, token: or Bearer.',
    de: 'Schlüssel bekannter Dienste nach Vorsilbe und Länge, JWT, private Schlüssel in PEM und was hinter password=, token: oder Bearer steht.',
  },
  example: 'AKIAIOSFODNN7EXAMPLE',
  accuracy: {
    en: 'Bare random strings without a prefix or word before them are not taken: they are hashes as a rule.',
    de: 'Bloße Zufallszeichen ohne Vorsilbe oder Wort davor werden nicht genommen: In der Regel sind es Hashwerte.',
  },
  chance: 1,
  anchors: flags('=:_-0123456789'),
  first: { next: tokenMarks, before: beforeDigit },
  is(bytes, start, end) {
    if (end - start < 8) return false
    if (findPem(bytes, start, end, whole)) return whole.end >= end - 1
    return (
      findIssued(bytes, start, end, end, whole) ||
      (findIssued(bytes, start + 1, start, end, whole) && whole.start === start && whole.end === end)
    )
  },
  find,
  canonical: copy,
}

function copy(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  out.set(bytes.subarray(start, end), at)
  return end - start
}

const userMarks = flags('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@\\+')

export const username: StructureDetector = {
  family: 'structure',
  id: 'username',
  title: { en: 'User name', de: 'Benutzername' },
  basis: 'Art. 4(1) and recital 30 GDPR (online identifier)',
  source: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  layout: {
    en: 'A word of letters, digits, dots and dashes behind user=, login:, Benutzer: and the like.',
    de: 'Ein Wort aus Buchstaben, Ziffern, Punkten und Strichen hinter user=, login:, Benutzer: und Ähnlichem.',
  },
  example: 'j.beispiel42',
  accuracy: {
    en: 'Nothing in it can be checked: only behind its word in text, and in a column only under such a header.',
    de: 'Nichts daran ist prüfbar: im Text nur hinter seinem Wort, in einer Spalte nur unter einer solchen Überschrift.',
  },
  chance: 1,
  anchors: flags('=:'),
  is(bytes, start, end) {
    if (end - start < 2 || end - start > 64 || (kindsOf(bytes, start, end) & 6) === 0) return false
    for (let i = start; i < end; i++) if (userMarks[bytes[i] ?? 0] !== 1) return false
    return true
  },
  find(bytes, at, start, end, found) {
    if (!isAssignment(bytes, at, start, end)) return false
    readKey(bytes, at, start)
    if (keyCount === 0 || (!userWords.has(keyHashes[0] ?? 0) && !(keyCount > 1 && userWords.has(keyHashes[1] ?? 0))))
      return false
    if (!readValue(bytes, at, end) || nothing.has(hashRange(bytes, value.start, value.end))) return false
    const kinds = kindsOf(bytes, value.start, value.end)
    if ((kinds === 2 || kinds === 6) && inProse(bytes, at, end)) return false
    if (!username.is(bytes, value.start, value.end)) return false
    found.start = value.start
    found.end = value.end
    return true
  },
  canonical(bytes, start, end, out, at) {
    for (let i = start; i < end; i++) {
      const byte = bytes[i] ?? 0
      out[at + i - start] = byte >= 65 && byte <= 90 ? byte | 32 : byte
    }
    return end - start
  },
}
