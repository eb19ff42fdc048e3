import type { Statement } from '../schema.ts'
import { controlsOfHeading } from '../section.ts'
import { at, has, inStatements, isThere, linesOf, quote, speaksOf, type Detector, type Place } from './place.ts'

const OUTDATED = /\bSSL(v[23])?\b(?!labs| labs)|\bTLS ?1\.[01]\b|\bMD5\b|\bSHA-?1\b|\bRC4\b|\b3?DES\b|\bWEP\b/u
/** The document says that it is switched off. */
const REFUSED =
  /\b(disabled|refused|rejected|not (accepted|supported|allowed)|deaktiviert|abgeschaltet|abgelehnt|nicht (unterstützt|zugelassen|akzeptiert)|verboten|no longer)\b/iu
const ENCRYPTED = /\bencrypt|\bTLS\b|\bverschlüssel|\bHTTPS\b|\bkryptograf|\bcryptograph/iu
const SPECIFIC =
  /\bTLS\s?v?1\.[0-3]|\bAES\b|\bRSA\b|\bECC?\b|\bEd25519|\b\d{3,4}[- ]?bit|\bChaCha|\bbcrypt|\bargon2|\bPGP\b|\bS\/MIME|\bBitLocker|\bFileVault|\bLUKS|\bVeraCrypt|\bIPsec|\bWireGuard|\bKMS\b|\bKey Vault|\bHSM\b|\bOpenVPN/iu
const MISNAMED =
  /\b(ende-zu-ende|end-to-end)\b[^\n]{0,40}\b(tls|ssl)\b|\b(tls|ssl|https)\b[^\n]{0,40}\b(ende-zu-ende|end-to-end)|\(end-to-end encryption\)|ende-zu-ende-verschlüsselung aller|\bpasswords are stored (in )?encrypted|\bpasswords are encrypted\b|\bencrypted passwords\b|passwörter[^\n]{0,20}verschlüsselt (gespeichert|abgelegt)|verschlüsselte (speicherung der )?passwörter/iu
const ROTATED =
  /\bpasswortwechsel|\bwechselintervall|\bkennwort\p{Ll}* .{0,30}wechsel|\bpasswort\p{Ll}* .{0,40}(regelmä(ß|ss)ig|alle \d+ tage) .{0,20}(ge)?(wechsel|änder)|\bpasswords? .{0,30}(renewal|expir\w+|rotation|changed? (regularly|every|periodically)|must be changed)|\bpassword (changes|renewal|expir\w+|rotation|ageing)\b|\bcomplexity and renewal\b|\bablauf: .{0,20}tage|\bchanging of passwords\b|\bregelmä(ß|ss)ig\p{Ll}* (änderung|wechsel) (der|von) (passwörter|kennwörter)/iu
const DELEGATED =
  /\bdurch (den |die )?(hosting-?provider|hoster|aws|cloud-?anbieter|rechenzentrumsbetreiber)\b|\brechenzentrums-toms\b|\blt\. all-inkl|\blaut tom des\b|\biso-zertifizierte|\bhandled natively\b|\b(provided|managed|ensured|handled|secured) by (atlassian|microsoft|the (hosting )?provider|aws|the hoster|the platform|the respective platform)|\btom als seine eigenen\b|\biso ?(\/iec )?27001[- ]zertifiziert|\bcertified to iso|\biso ?(\/iec )?27001[- ]certified/iu
const PROVEN =
  /\b(valid until|gültig bis|certificate (no|number)|zertifikats?-?(nr|nummer)|checked on|geprüft am|verified on|dated)\b|\b20\d\d-\d\d-\d\d\b/iu
/** Below this a password is weak whatever else is done; below the second, without a second factor. */
const LENGTHS = { weak: 8, short: 12 }

/** Group D: what is promised is not the state of the art, or cannot be checked. */
export const substance = {
  'protocol-outdated': ({ statements }) =>
    statements.flatMap((one): Place[] => {
      const match = OUTDATED.exec(one.text)
      if (!match || one.type === 'heading' || REFUSED.test(one.text)) return []
      const certificate = /^SSL$/.test(match[0]) && /\bSSL[- ]?(certificate|zertifikat)/i.test(one.text)
      return [{ line: one.line, text: quote(one.text, match), ...(certificate ? { level: 'info' as const } : {}) }]
    }),

  'crypto-unspecific': ({ statements }) => {
    const sections = Map.groupBy(statements, (one) => one.section ?? '')
    return [...sections.values()].flatMap((own): Place[] => {
      if (own.some((one) => SPECIFIC.test(one.text))) return []
      const first = own.find((one) => isThere(one) && one.measures.length > 0 && ENCRYPTED.test(one.text))
      return first ? [at(first)] : []
    })
  },

  'crypto-misnamed': ({ statements }) =>
    statements.flatMap((one): Place[] => {
      const match = MISNAMED.exec(one.text)
      if (match) return [{ line: one.line, text: quote(one.text, match) }]
      return one.type === 'measure' && isPseudonymSection(one) && speaksOf(one, 'password-hashing') ? [at(one)] : []
    }),

  'password-rule-outdated': (examined) => {
    const factor = has(examined, 'mfa')
    return examined.statements.flatMap((one): Place[] => {
      const match = ROTATED.exec(one.text)
      if (
        match &&
        one.type !== 'heading' &&
        !/\b(no|kein\p{Ll}*|nicht|without|ohne)\b.{0,25}(change|renewal|expir|wechsel|rotation)/iu.test(one.text)
      )
        return [{ line: one.line, text: quote(one.text, match) }]
      const length = one.parameters['passwordLength']
      if (typeof length !== 'number' || !speaksOf(one, 'password-policy', 'login-authentication')) return []
      if (length < LENGTHS.weak) return [at(one, 'error')]
      return length < LENGTHS.short && !factor ? [at(one)] : []
    })
  },

  'admin-mfa-missing': (examined) => {
    const weak = examined.statements.filter((one) => speaksOf(one, 'mfa') && !isThere(one))
    if (weak.length > 0 && !has(examined, 'mfa')) return weak.map((one) => at(one))
    if (has(examined, 'mfa', 'key-based-login')) return []
    const admin = examined.statements.find(
      (one) =>
        isThere(one) &&
        (speaksOf(one, 'privileged-access', 'vpn', 'remote-maintenance-control', 'minimal-admins') ||
          /\b(admin|administrat|fernzugriff|remote access|production access)/iu.test(one.text)) &&
        one.measures.length > 0,
    )
    return admin ? [at(admin)] : []
  },

  'delegated-without-proof': inStatements(DELEGATED, (one) => PROVEN.test(one.text)),

  'controller-notice-72h': (examined) =>
    linesOf(examined).flatMap(({ line, text }): Place[] => {
      const told =
        /\b(notif\w+ (the )?(customer|controller|client)|inform\w* (the )?(customer|controller|client)|dem verantwortlichen|den verantwortlichen|den auftraggeber|dem auftraggeber|an verantwortlichen|den kunden)\b/iu.exec(
          text,
        )
      if (!told) return []
      const clock = /\b72[ -]?(h\b|hours?|stunden|\*\*)|\*\*72/iu.exec(text.slice(told.index, told.index + 260))
      return clock ? [{ line, text: quote(text.slice(told.index), clock) }] : []
    }),
} satisfies Record<string, Detector>

function isPseudonymSection(statement: Statement): boolean {
  return controlsOfHeading(statement.section ?? '').has('pseudonymisation')
}
