/** A sentence in both languages. */
interface Words {
  readonly en: string
  readonly de: string
}

/** What can go wrong with an order, in words of the operator: what it is, and what to do. */
export const acmeFailures = {
  silent: {
    says: {
      en: 'the authority was not reached, or did not answer in time',
      de: 'die Zertifizierungsstelle war nicht erreichbar oder antwortete nicht rechtzeitig',
    },
    remedy: {
      en: 'Check that this machine reaches the address of ART32_ACME_DIRECTORY by TLS, and ART32_ACME_CA where the authority is a private one.',
      de: 'Prüfen, ob diese Maschine die Adresse von ART32_ACME_DIRECTORY per TLS erreicht, bei einer eigenen Zertifizierungsstelle auch ART32_ACME_CA.',
    },
  },
  challenge: {
    says: {
      en: 'the authority did not get the proof at port 80 of the name',
      de: 'die Zertifizierungsstelle bekam den Nachweis an Port 80 des Namens nicht',
    },
    remedy: {
      en: 'Check that the name of ART32_URL leads to this machine by every address in DNS (IPv6, too), and that port 80 leads to ART32_REDIRECT_PORT from outside.',
      de: 'Prüfen, ob der Name von ART32_URL mit jeder Adresse im DNS (auch IPv6) zu dieser Maschine führt und Port 80 von außen zu ART32_REDIRECT_PORT.',
    },
  },
  name: {
    says: {
      en: 'the authority gives no certificate for this name',
      de: 'die Zertifizierungsstelle stellt für diesen Namen kein Zertifikat aus',
    },
    remedy: {
      en: 'Check the name in ART32_URL, and whether a CAA record in DNS allows this authority.',
      de: 'Den Namen in ART32_URL prüfen und ob ein CAA-Eintrag im DNS diese Zertifizierungsstelle zulässt.',
    },
  },
  account: {
    says: {
      en: 'the authority refused the account',
      de: 'die Zertifizierungsstelle lehnte das Konto ab',
    },
    remedy: {
      en: 'Check ART32_ACME_CONTACT, and ART32_ACME_KEY_ID and ART32_ACME_KEY_SECRET where the authority needs a customer number.',
      de: 'ART32_ACME_CONTACT prüfen, dazu ART32_ACME_KEY_ID und ART32_ACME_KEY_SECRET, wo die Zertifizierungsstelle eine Kundennummer braucht.',
    },
  },
  terms: {
    says: {
      en: 'the authority wants its terms to be accepted anew',
      de: 'die Zertifizierungsstelle will, dass ihren Bedingungen neu zugestimmt wird',
    },
    remedy: {
      en: 'Read them at the authority and accept them there with the account key in the folder tls of the data.',
      de: 'Sie bei der Zertifizierungsstelle lesen und dort mit dem Kontoschlüssel im Ordner tls der Daten annehmen.',
    },
  },
  limited: {
    says: {
      en: 'the authority has a limit that is reached',
      de: 'eine Grenze der Zertifizierungsstelle ist erreicht',
    },
    remedy: {
      en: 'Wait; it is asked again when it said. Do not delete the folder tls of the data: what it keeps saves orders.',
      de: 'Warten; zur genannten Zeit wird wieder gefragt. Den Ordner tls der Daten nicht löschen: Was er enthält, spart Bestellungen.',
    },
  },
  busy: {
    says: {
      en: 'the authority failed, or did not get ready in time',
      de: 'die Zertifizierungsstelle hatte einen Fehler oder wurde nicht rechtzeitig fertig',
    },
    remedy: {
      en: 'Wait; it is asked again by itself. Look at the status page of the authority if it goes on.',
      de: 'Warten; es wird von selbst wieder gefragt. Wenn es anhält, die Statusseite der Zertifizierungsstelle ansehen.',
    },
  },
  answer: {
    says: {
      en: 'the authority answered what no authority may answer',
      de: 'die Zertifizierungsstelle antwortete, was keine antworten darf',
    },
    remedy: {
      en: 'Check that ART32_ACME_DIRECTORY is the directory of an ACME authority (RFC 8555), and that nothing in between changes its answers.',
      de: 'Prüfen, ob ART32_ACME_DIRECTORY das Verzeichnis einer ACME-Zertifizierungsstelle (RFC 8555) ist und nichts dazwischen Antworten ändert.',
    },
  },
  certificate: {
    says: {
      en: 'the authority gave a certificate that does not fit: another name or key, a broken chain, or none that is valid now',
      de: 'die Zertifizierungsstelle gab ein Zertifikat, das nicht passt: anderer Name oder Schlüssel, gebrochene Kette oder jetzt nicht gültig',
    },
    remedy: {
      en: 'Check the clock of this machine, and ask the authority. The certificate that was there is still served.',
      de: 'Die Uhr dieser Maschine prüfen und bei der Zertifizierungsstelle nachfragen. Das bisherige Zertifikat wird weiter gezeigt.',
    },
  },
  disk: {
    says: {
      en: 'the folder tls of the data could not be written or read',
      de: 'der Ordner tls der Daten ließ sich nicht schreiben oder lesen',
    },
    remedy: {
      en: 'Check the space and who owns the folder.',
      de: 'Platz und Eigentümer des Ordners prüfen.',
    },
  },
  elsewhere: {
    says: {
      en: 'another process on this database orders certificates',
      de: 'ein anderer Prozess an dieser Datenbank bestellt Zertifikate',
    },
    remedy: {
      en: 'Set ART32_ACME for one process only; with several put a proxy with TLS in front.',
      de: 'ART32_ACME nur für einen Prozess setzen; bei mehreren einen Proxy mit TLS davorstellen.',
    },
  },
} as const satisfies Readonly<Record<string, { readonly says: Words; readonly remedy: Words }>>

/** The kind of a failure: what a log line says. */
export type FailureCode = keyof typeof acmeFailures

/** An order came to nothing. What the authority wrote in its own words is kept nowhere: it is foreign text. */
export class AcmeFailure extends Error {
  override readonly name = 'AcmeFailure'
  readonly code: FailureCode
  /** How long the authority wants to be left alone; null: it did not say. */
  readonly retryAfterMs: number | null
  /** What the authority named, such as `badCSR`; null: nothing known. */
  readonly problem: string | null

  constructor(
    code: FailureCode,
    more: { retryAfterMs?: number | null; problem?: string | null; cause?: unknown } = {},
  ) {
    super(acmeFailures[code].says.en, { cause: more.cause })
    this.code = code
    this.retryAfterMs = more.retryAfterMs ?? null
    this.problem = more.problem ?? null
  }
}

/** @source RFC 8555 §6.7 */
const codes: Readonly<Record<string, FailureCode>> = {
  accountDoesNotExist: 'account',
  badSignatureAlgorithm: 'answer',
  caa: 'name',
  connection: 'challenge',
  dns: 'challenge',
  externalAccountRequired: 'account',
  incorrectResponse: 'challenge',
  invalidContact: 'account',
  rateLimited: 'limited',
  rejectedIdentifier: 'name',
  serverInternal: 'busy',
  tls: 'challenge',
  unauthorized: 'account',
  unsupportedContact: 'account',
  unsupportedIdentifier: 'name',
  userActionRequired: 'terms',
}

/** The short name of a problem: `badNonce` of `urn:ietf:params:acme:error:badNonce`; null for what is none of ACME. */
export function problemOf(type: string): string | null {
  return /^urn:ietf:params:acme:error:([A-Za-z]{1,40})$/.exec(type)?.[1] ?? null
}

/** What a refusal of the authority means. @param status of HTTP @param problem of RFC 8555 §6.7 */
export function codeOf(status: number, problem: string | null): FailureCode {
  if (problem !== null && Object.hasOwn(codes, problem)) return codes[problem] ?? 'answer'
  if (status === 429) return 'limited'
  return status >= 500 ? 'busy' : 'answer'
}
