import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { documentRules } from '@art32/catalogue'
import { describe, expect, it } from 'vitest'
import { today } from '../fixtures.ts'
import { readText, type Fault } from '../index.ts'

/** Text of a document of a few lines, so that each rule can be looked at alone. */
const faults = (text: string): readonly Fault[] => readText(text, { name: 'a.md', now: today }).faults
const places = (rule: string, text: string) =>
  faults(text)
    .filter((fault) => fault.rule === rule)
    .map((fault) => fault.line)
const en = (...lines: string[]) => ['# Technical and organisational measures of Example Ltd', '', ...lines].join('\n')
const de = (...lines: string[]) =>
  ['# Technische und organisatorische Maßnahmen der Beispiel GmbH', '', ...lines].join('\n')

/** Each rule with a text that has the fault on the given line (null: in the whole document), and one that has not. */
const cases: [rule: string, faulty: string, line: number | null, sound: string][] = [
  ['date-missing', en('- Firewall in use'), null, en('As of 2026-05-01')],
  ['date-stale', en('Last update: 2021-10-09'), 3, en('Last update: 2026-03-01')],
  ['version-missing', de('- Firewall im Einsatz'), null, de('Version 3')],
  ['owner-missing', de('- Firewall im Einsatz'), null, de('Verantwortlich: Leitung IT')],
  ['owner-missing', en('- The responsibility for these measures lies with <…>'), 3, en('Owner: head of operations')],
  [
    'review-date-missing',
    en('- We review these measures periodically'),
    3,
    en('- We review these measures every year'),
  ],
  ['time-ambiguous', en('Last update: 09-10-2021'), 3, en('Last update: 23-10-2021')],
  ['time-ambiguous', en('- Bi-annual recovery tests'), 3, en('- Recovery tests every six months')],
  [
    'placeholder',
    de('- Passwörter mit [TODO: Anzahl] Zeichen'),
    3,
    de('- Siehe [Anhang](https://example.com) und Fußnote [1]'),
  ],
  ['placeholder', de('Speicherdauer der Aufnahmen: xx Tage'), 3, de('- [ ] Videoüberwachung')],
  [
    'lost-name',
    en('In the context of the use of by customers, data is stored.'),
    3,
    en('In the context of the use of the service by customers, data is stored.'),
  ],
  [
    'copy-residue',
    en('Data can be processed separately. can be processed separately.'),
    3,
    en('Data can be processed separately in each system.'),
  ],
  ['copy-residue', de('Siehe /Users/example/Downloads'), 3, de('Siehe Anlage 2')],
  ['template-instruction', de('Zutreffendes bitte ankreuzen.'), 3, de('- Firewall')],
  ['legal-advice-disclaimer', de('Diese Vorlage ist keine Rechtsberatung.'), 3, de('- Firewall')],
  [
    'dangling-reference',
    en('The measures of the hoster you find here:'),
    3,
    en('The measures of the hoster you find here:', 'https://example.com/measures'),
  ],
  [
    'mistranslation',
    en('## Disconnection control', '', '- Separate databases'),
    3,
    en('## Separation control', '', '- Separate databases'),
  ],
  [
    'mistranslation',
    en('## Access control', '', '- Locked doors', '', '## Access control', '', '- Passwords'),
    7,
    en('## Access control', '', '- Passwords'),
  ],
  ['legal-reference', de('Maßnahmen nach § 9 BDSG und Anlage'), 3, de('Maßnahmen nach Art. 32 DSGVO')],
  [
    'goal-not-measure',
    de('Es wird sichergestellt, dass Unbefugte keinen Zutritt erhalten.'),
    3,
    de('- Zutritt nur mit Transponder'),
  ],
  ['vague-weakener', en('- E-mails are encrypted where possible'), 3, en('- E-mails are encrypted with S/MIME')],
  [
    'cadence-missing',
    en('- Restore tests are carried out regularly'),
    3,
    en('- Restore tests are carried out regularly, every three months'),
  ],
  [
    'planned',
    de('- Zwei-Faktor-Anmeldung ist geplant'),
    3,
    de('- Löschfristen bei geplanter Überlassung dokumentiert'),
  ],
  [
    'declared-gap',
    de('- Wiederherstellungstest: nicht durchgeführt'),
    3,
    de('- Wiederherstellungstest: nicht durchgeführt, R-4, Leitung IT, bis 2027-01-31'),
  ],
  [
    'absolute-claim',
    en('- Customer data is never changed by hand'),
    3,
    en('- Secrets are kept in a vault, never in the code'),
  ],
  [
    'example-list',
    de('- Sicherung der Gebäude, z. B. durch Pförtner'),
    3,
    de('- Protokollierung administrativer Zugriffe (z. B. Löschungen)'),
  ],
  [
    'contradiction',
    en(
      '- No data transfer to third parties',
      '- The servers are hosted at Hetzner, a data processing agreement is signed',
    ),
    3,
    en('- No data transfer to third parties'),
  ],
  [
    'contradiction',
    en('- No own servers are operated on the premises', '- Uninterruptible power supply for the server room'),
    3,
    en(
      '- No own servers are operated on the premises',
      '- Uninterruptible power supply in the data centre of the hoster',
    ),
  ],
  [
    'contradiction',
    en('- Connections need at least TLS 1.2', '- Only TLS 1.3 is accepted at the gateway'),
    3,
    en('- Connections need at least TLS 1.2'),
  ],
  [
    'change-clause-one-sided',
    en('The provider may implement alternative, equivalent measures.'),
    3,
    en('The provider may implement alternative measures and will notify customers 30 days before.'),
  ],
  [
    'only-on-request',
    de('Eine detaillierte Übersicht der Maßnahmen erhalten Kunden auf Anfrage.'),
    3,
    de('Die Übersicht steht unten.'),
  ],
  ['protocol-outdated', de('- Übertragung mit SSL-Verschlüsselung'), 3, de('- TLS 1.0 und TLS 1.1 sind deaktiviert')],
  ['crypto-unspecific', en('- All traffic is encrypted with TLS'), 3, en('- All traffic is encrypted with TLS 1.3')],
  [
    'crypto-misnamed',
    de('- Passwörter werden verschlüsselt gespeichert'),
    3,
    de('- Passwörter werden als Hash gespeichert'),
  ],
  [
    'password-rule-outdated',
    de('- Passwörter: 6 Zeichen'),
    3,
    de('- Passwörter mit mindestens 14 Zeichen, ohne erzwungenen Wechsel'),
  ],
  ['password-rule-outdated', de('- Regelmäßiger Passwortwechsel'), 3, de('- Passwörter mit mindestens 14 Zeichen')],
  [
    'admin-mfa-missing',
    en('- Remote access for administrators through a VPN'),
    3,
    en('- Remote access for administrators through a VPN', '- Sign-in of administrators with SSH keys'),
  ],
  [
    'delegated-without-proof',
    de('- Physische Sicherheit durch den Hoster'),
    3,
    de('- Physische Sicherheit durch den Hoster, Zertifikatsnummer 12, gültig bis 2027-05-01'),
  ],
  [
    'controller-notice-72h',
    en('We notify the customer of a breach within 72 hours.'),
    3,
    en('We notify the customer of a breach within 24 hours.'),
  ],
  [
    'art32-1a-missing',
    de('- Verschlüsselung der Festplatten'),
    null,
    de('- Verschlüsselung der Festplatten', '- Pseudonymisierung der Datensätze'),
  ],
  [
    'art32-1b-resilience-missing',
    de('- Zutritt nur mit Schlüssel'),
    null,
    de('- Redundante Server', '- Lasttests vor jeder Auslieferung'),
  ],
  ['art32-1c-missing', en('- Daily backups'), null, en('- Daily backups', '- Restore tests every six months')],
  ['art32-1d-missing', en('- Firewall'), null, en('- Internal audits every year')],
  [
    'art32-1d-missing',
    en('## Procedures for regular review', '', 'In progress!'),
    3,
    en('## Procedures for regular review', '', '- Annual review of the measures'),
  ],
  [
    'subprocessors-missing',
    en('- Sub-processors are selected carefully'),
    3,
    en('- List of sub-processors: Hetzner, hosting, Germany'),
  ],
  ['deletion-missing', de('- Firewall'), null, de('- Löschkonzept mit Aufbewahrungsfristen')],
  ['people-missing', de('- Firewall'), null, de('- Jährliche Schulung', '- Verpflichtung auf Vertraulichkeit')],
  ['risk-missing', de('- Firewall'), null, de('- Jährliche Risikoanalyse')],
  ['scope-missing', en('- Alarm system'), null, en('This document applies to the product Example.')],
]

describe('document rules', () => {
  it('have a case each', () => {
    expect([...new Set(cases.map(([rule]) => rule))].toSorted()).toEqual(
      documentRules.map((rule) => rule.id).toSorted(),
    )
  })

  it.each(cases)('find %s at its line, and not in a sound text (%#)', (rule, faulty, line, sound) => {
    expect(places(rule, faulty)).toContain(line)
    expect(places(rule, sound)).toEqual([])
  })

  it('tell reason and remedy in the language of the document', () => {
    const fault = (text: string) => faults(text).find((one) => one.rule === 'date-missing')
    const rule = documentRules.find((one) => one.id === 'date-missing')
    expect(fault(en('- Firewall in use'))).toMatchObject({ why: rule?.why.en, remedy: rule?.remedy.en, level: 'error' })
    expect(fault(de('- Firewall im Einsatz'))).toMatchObject({ why: rule?.why.de, remedy: rule?.remedy.de })
  })

  it('quote words that stand in the line', () => {
    for (const [, faulty] of cases) {
      const lines = faulty.split('\n')
      for (const fault of faults(faulty).filter((one) => one.line !== null && one.text !== '')) {
        const said = bare(lines[(fault.line ?? 1) - 1] ?? '')
        expect(said, fault.rule).toContain(bare(fault.text))
      }
    }
  })

  it('call an SSL certificate only information and a password below eight characters an error', () => {
    expect(faults(en('- Login with an SSL certificate')).find((one) => one.rule === 'protocol-outdated')?.level).toBe(
      'info',
    )
    expect(faults(en('- Passwords: 6 characters')).find((one) => one.rule === 'password-rule-outdated')?.level).toBe(
      'error',
    )
  })

  it('show unspecific encryption once per section', () => {
    expect(
      places(
        'crypto-unspecific',
        en(
          '## Transfer control',
          '',
          '- Traffic is encrypted',
          '- Mails are encrypted',
          '',
          '## Devices',
          '',
          '- Laptops are encrypted',
        ),
      ),
    ).toEqual([5, 10])
  })
})

const sources = fileURLToPath(new URL('../../../../../shared/sources/', import.meta.url))

describe.skipIf(!existsSync(sources))('the two source documents (skipped without ../shared)', () => {
  const found = (file: string) =>
    faults(readFileSync(sources + file, 'utf8')).map((fault) => `${fault.rule}:${fault.line}`)

  it('have the faults that a careful reader finds in the hosted one', () => {
    expect(found('hosted-saas-provider.txt')).toEqual(
      expect.arrayContaining(
        'date-stale:7 time-ambiguous:7 time-ambiguous:64 lost-name:5 lost-name:11 copy-residue:1 copy-residue:38 dangling-reference:97 mistranslation:36 mistranslation:67 planned:56 planned:74 contradiction:51 contradiction:95 contradiction:9 protocol-outdated:29 art32-1d-missing:70 art32-1d-missing:74'.split(
          ' ',
        ),
      ),
    )
  })

  it('have the faults that a careful reader finds in the Forge one', () => {
    expect(found('forge-azure-provider.txt')).toEqual(
      expect.arrayContaining(
        'review-date-missing:15 vague-weakener:45 cadence-missing:66 absolute-claim:51 absolute-claim:57 change-clause-one-sided:7 crypto-unspecific:38 delegated-without-proof:64'.split(
          ' ',
        ),
      ),
    )
    expect(
      found('forge-azure-provider.txt').filter((one) => /^(planned|placeholder|lost-name|date-stale|art32)/.test(one)),
    ).toEqual([])
  })
})

function bare(text: string): string {
  return text.replaceAll(/[*`#|\s-]+/g, ' ').trim()
}
