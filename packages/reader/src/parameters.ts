import type { Parameters } from './schema.ts'

/**
 * The values that a statement promises, by name:
 *
 * - `tls` lowest TLS version ("1.2"); `cipher` ("AES-256", "AES-256-GCM"); `hash` ("argon2id", "bcrypt", "SHA-256");
 *   `keyBits` length of an asymmetric key
 * - `raid` level; `retention` how long something is kept (ISO 8601 duration); `backupRetention` the same for copies
 * - `passwordLength` in characters; `attempts` failed sign-ins before a lock; `lockout` its duration
 * - `sessionTimeout`, `screenLock`, `tokenLifetime` durations; `rto`, `rpo` durations; `sla` availability in per cent
 * - `notice` time before a change takes effect; `notification` time until a breach is told
 * - `certificates` names such as "ISO 27001"; `shredderLevel` "P-4"; `location` places of processing
 */
export function readParameters(text: string): Parameters {
  const found: Record<string, string | number | boolean | readonly string[]> = {}
  const put = (name: string, value: string | number | undefined) => {
    if (value !== undefined && !(name in found)) found[name] = value
  }
  const tls = [...text.matchAll(/\bTLS\s*(?:v|version)?\s*(1\.[0-3])/gi)].map((match) => match[1] ?? '').toSorted()
  put('tls', tls[0])
  const cipher = /\b(AES|ChaCha20)[-\s]?(128|192|256|Poly1305)?(?:[-\s]?bit)?(?:[-\s]?(GCM|CBC|XTS|CTR))?/i.exec(text)
  if (cipher?.[2]) put('cipher', [cipher[1], cipher[2], cipher[3]?.toUpperCase()].filter(Boolean).join('-'))
  put(
    'hash',
    /\b(argon2id|argon2|bcrypt|scrypt|pbkdf2|sha-?(?:1|256|384|512)|md5)\b/i
      .exec(text)?.[1]
      ?.toLowerCase()
      .replace(/^sha-?/, 'sha-'),
  )
  put('keyBits', number(/\b(?:RSA|DH|DSA)[-\s]?(\d{4})\b|\b(\d{4})[-\s]?bit\b/i.exec(text)))
  put(
    'raid',
    number(
      /\bRAID(?:[-\s]?(?:level|system|verbund))*[-\s]?(\d{1,2})\b/i.exec(text) ?? /\bRAID level (\d{1,2})/i.exec(text),
    ),
  )
  put(
    'passwordLength',
    number(/(\d{1,2})(?:\s|-)*(?:zeichen|characters?|chars?|stellig|stellen)\b/i.exec(text)) ??
      number(/\b(?:mindestlänge|min(?:imum)? length)\D{0,12}(\d{1,2})\b/iu.exec(text)),
  )
  put(
    'attempts',
    number(
      /(\d{1,2})\s*(?:failed|fehl\p{Ll}*|falsche\p{Ll}*|invalid|incorrect|unsuccessful|erfolglose\p{Ll}*)\b/iu.exec(
        text,
      ) ?? /(\d{1,2})\s*(?:versuche|attempts)/i.exec(text),
    ),
  )
  put('rto', durationAfter(text, /\b(?:RTO|recovery time objective|wiederanlaufzeit)\b[^\d]{0,30}/i))
  put('rpo', durationAfter(text, /\b(?:RPO|recovery point objective)\b[^\d]{0,30}/i))
  put('sla', number(/(9\d[.,]\d{1,4}|99|100)\s*%/.exec(text)))
  put('shredderLevel', /\b(?:P|O|H|E|T|F)-([1-7])\b/.exec(text)?.[0])
  durationByTopic(text, put)
  const certificates = [
    ...text.matchAll(
      /\b(?:ISO(?:\/IEC)?\s?(?:9001|2700[1-9]|2701[0-9]|22301|50001)|SOC\s?[123](?:\s?Type\s?(?:II|I|2|1))?|BSI\s?C5|C5|TISAX|PCI[-\s]?DSS|EN 50600|CSA STAR|HIPAA|IT-Grundschutz)\b/g,
    ),
  ].map((match) => match[0].replace(/\s+/g, ' '))
  if (certificates.length > 0) found['certificates'] = [...new Set(certificates)]
  return found
}

function number(match: RegExpExecArray | null): number | undefined {
  const digits = match?.slice(1).find((group) => group !== undefined)
  return digits === undefined ? undefined : Number(digits.replace(',', '.'))
}

const LENGTH =
  /(\d{1,4})\s*(?:[-–]\s*)?(sekunden|seconds?|sec|min(?:uten|utes|\.)?|stunden?|hours?|h|tage?n?|days?|d|wochen?|weeks?|monate?n?|months?|jahre?n?|years?)(?![\p{L}])/iu

/** An ISO 8601 duration of a number and a unit in words, such as "30 Tage". */
function duration(match: RegExpExecArray | null): string | undefined {
  if (!match) return undefined
  const count = Number(match[1])
  const unit = (match[2] ?? '').toLowerCase()
  if (unit.startsWith('sek') || unit.startsWith('sec')) return `PT${count}S`
  if (unit.startsWith('min')) return `PT${count}M`
  if (unit.startsWith('st') || unit.startsWith('h')) return `PT${count}H`
  if (unit.startsWith('t') || unit.startsWith('d')) return `P${count}D`
  if (unit.startsWith('w')) return `P${count}W`
  if (unit.startsWith('mo')) return `P${count}M`
  return `P${count}Y`
}

function durationAfter(text: string, before: RegExp): string | undefined {
  const at = before.exec(text)
  return at ? duration(LENGTH.exec(text.slice(at.index + at[0].length, at.index + at[0].length + 24))) : undefined
}

const topics: readonly (readonly [name: string, topic: RegExp])[] = [
  ['sessionTimeout', /session|sitzung|inaktiv|inactiv|idle|logout|abmeld/i],
  ['screenLock', /bildschirm|screen|desktop lock|sperrbild/i],
  ['tokenLifetime', /token|jwt|link/i],
  ['lockout', /sperr|lockout|locked/i],
  ['notification', /breach|incident|vorfall|verletzung|panne|meld|notif/i],
  ['notice', /notice|vorlauf|ankündig|advance|im voraus/i],
  ['backupRetention', /backup|sicherung|snapshot|dump/i],
  [
    'retention',
    /aufbewahr|retention|retain|kept|gespeichert|stored|gelöscht|delet|rollier|lösch|überschrieben|speicher|days? log|tage log|log/i,
  ],
]

/** A length of time belongs to the first topic that the statement speaks of. */
function durationByTopic(text: string, put: (name: string, value: string | undefined) => void): void {
  if (/\b(rto|rpo)\b/i.test(text)) return
  const length = duration(LENGTH.exec(text))
  if (length === undefined) return
  const topic = topics.find(([, pattern]) => pattern.test(text))
  if (topic) put(topic[0], length)
}
