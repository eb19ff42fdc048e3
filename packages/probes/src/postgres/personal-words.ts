import type { personalKinds } from './facts.ts'

type Kind = (typeof personalKinds)[number]

/** Words of English and German headers, as whole words of a name that was taken apart. The first kind that fits wins. */
const words: readonly (readonly [Kind, RegExp])[] = [
  ['email', /\b(e ?mails?|mail ?(address|adresse)|mailadressen?)\b/],
  ['iban', /\b(iban|bank ?verbindung|konto ?nummer|kontonr|bank ?account( number)?|account ?holder|kontoinhaber)\b/],
  [
    'phone',
    /\b(tele?fon( ?nummer)?|tel( nr| no)?|phone( ?number)?|mobile( ?number)?|handy( ?nummer)?|mobil ?nummer|ruf ?nummer|fax)\b/,
  ],
  [
    'birth',
    /\b(birth ?(day|date)?|birthdate|date of birth|dob|geburts ?(tag|datum|ort|name)?|geb ?datum|geboren( am)?)\b/,
  ],
  [
    'name',
    /\b((first|last|full|sur|family|given|middle|maiden|display|user|login) ?name|surname|(vor|nach|familien|benutzer|anzeige|ruf) ?name|contact ?person|ansprechpartner(in)?|unterzeichner(in)?)\b/,
  ],
  ['ip', /\b(ip|ip ?addr(ess)?|ip ?adresse|remote ?addr(ess)?|client ?ip)\b/],
  [
    'address',
    /\b(street( ?address)?|stra(ss|ß)e|hausn(umme)?r|house ?number|postal ?(code|address)|post ?code|zip( ?code)?|plz|postleit ?zahl|wohn ?ort|anschrift|home ?address|(liefer|rechnungs|post) ?(anschrift|adresse)|(billing|shipping|delivery) ?address)\b/,
  ],
]

/** What is known not to hold the thing itself: `email_hash`, `phone_verified`, `street_id`. */
const about =
  /\b(hash|hmac|digest|id|uuid|count|anzahl|verified|bestätigt|confirmed|sent|enabled|type|typ|template|format|pattern|status|encrypted)$/

/** Types that cannot hold a text or a day. */
const silent = /^(boolean|bytea|uuid|timestamp|time|interval|oid|real|double|numeric|money|regclass|bit)/

/** What the name and the type of a column give away, or null. */
export function kindOfColumn(name: string, type: string): Kind | null {
  if (/^(inet|cidr|macaddr)/.test(type)) return 'ip'
  if (silent.test(type)) return null
  const parts = name
    .replace(/([a-zäöüß0-9])([A-ZÄÖÜ])/g, '$1 $2')
    .replace(/[_\-\s$]+/g, ' ')
    .toLowerCase()
    .trim()
  if (about.test(parts)) return null
  // The word boundary of the language knows no umlauts; with blanks around, words end where they should.
  const [kind] = words.find(([, pattern]) => pattern.test(parts)) ?? []
  if (kind === undefined || (type === 'date') !== (kind === 'birth' && type === 'date')) return null
  return kind
}
