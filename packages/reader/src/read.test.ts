import { catalogue } from '@art32/catalogue'
import { describe, expect, it } from 'vitest'
import { today } from './fixtures.ts'
import { readText, ReaderError, type ReadResult, type Statement } from './index.ts'

const read = (text: string): ReadResult => readText(text, { name: 'measures.md', now: today })
const german = (line: string) =>
  read(`# Technische und organisatorische Maßnahmen der Beispiel GmbH\n\n## Zugangskontrolle\n\n${line}\n`)
const english = (line: string) =>
  read(`# Technical and organisational measures of Example Ltd\n\n## System access control\n\n${line}\n`)
const last = (result: ReadResult): Statement => {
  const statement = result.statements.at(-1)
  if (!statement) throw new Error('no statement')
  return statement
}
const ids = (statement: Statement) => statement.measures.map((measure) => measure.id).toSorted()

describe('status', () => {
  const table: [string, string, string][] = [
    ['- Multi-Faktor-Authentifizierung für alle Konten', 'in-place', 'mfa'],
    ['- Multi-Faktor-Authentifizierung ist für Q3 geplant', 'planned', 'mfa'],
    ['- Backups werden derzeit eingeführt', 'planned', 'regular-backup'],
    ['- [ ] Videoüberwachung der Eingänge', 'not-in-place', 'video-surveillance'],
    ['- [x] Videoüberwachung der Eingänge', 'in-place', 'video-surveillance'],
    ['- ☐ Alarmanlage', 'not-in-place', 'alarm-perimeter'],
    ['- Penetrationstest: nicht durchgeführt', 'not-in-place', 'penetration-test'],
    ['- E-Mail-Verschlüsselung mit PGP, soweit möglich', 'conditional', 'email-encryption'],
    ['- VPN: entfällt', 'not-applicable', 'vpn'],
    [
      '| Maßnahme | Umsetzung | Status |\n|---|---|---|\n| Alarmanlage | im Büro | offen |',
      'not-in-place',
      'alarm-perimeter',
    ],
    ['| Maßnahme | Status |\n|---|---|\n| Alarmanlage | ⏳ geplant |', 'planned', 'alarm-perimeter'],
    ['| Maßnahme | Status |\n|---|---|\n| Alarmanlage | ✅ umgesetzt |', 'in-place', 'alarm-perimeter'],
  ]
  it.each(table)('reads %j as %s', (line, status, id) => {
    const statement = last(german(line))
    expect(statement.status).toBe(status)
    expect(ids(statement)).toContain(id)
  })

  it('never counts planned, negated or inapplicable measures and counts conditional ones by half', () => {
    const weight = (line: string) => german(line).coverage.provisions.find((one) => one.key === '32(1)(a)')?.weight
    expect(weight('- Verschlüsselung der Festplatten')).toBe(1)
    expect(weight('- Verschlüsselung der Festplatten, soweit möglich')).toBe(0.5)
    for (const status of ['geplant', 'nicht vorhanden', 'entfällt'])
      expect(weight(`- Verschlüsselung der Festplatten: ${status}`), status).toBe(0)
  })

  it('makes one planned statement with candidates of a section that is only in progress', () => {
    const result = english('In progress!')
    const statement = last(result)
    expect(statement).toMatchObject({ type: 'measure', status: 'planned', measures: [], sure: false })
    const expected = catalogue.filter((measure) => measure.control === 'system-access').map((measure) => measure.id)
    expect(statement.candidates).toEqual(expect.arrayContaining(expected))
    expect(result.faults.some((fault) => fault.rule === 'planned' && fault.line === statement.line)).toBe(true)
  })

  it('takes the items below "open items" for planned without calling the list a fault', () => {
    const result = read(
      '# Measures of Example Ltd\n\n## Open items\n\n1. Penetration test by a third party\n2. Second factor for administrators\n',
    )
    expect(result.statements.filter((one) => one.type === 'measure').map((one) => one.status)).toEqual([
      'planned',
      'planned',
    ])
    expect(result.faults.filter((fault) => fault.rule === 'planned')).toEqual([])
  })

  it('ends a status in brackets with its own item', () => {
    const result = read(
      '# Measures of Example Ltd\n\n1. Backup (TODO)\n2. Alarm system at the doors\n3. Access control (planned)\n\nInput control\n- Every change is logged\n',
    )
    const status = result.statements.filter((one) => one.type === 'measure').map((one) => [one.line, one.status])
    expect(status).toEqual([
      [3, 'planned'],
      [4, 'in-place'],
      [5, 'planned'],
      [8, 'in-place'],
    ])
  })

  it('ends the status of an unmarked heading at the next one that does not stand below it', () => {
    const result = read(
      '# Maßnahmen der Beispiel GmbH\n\n1. Zutrittskontrolle (geplant)\n- Alarmanlage\n\n1.1 Türen\n\n- Schließanlage\n\nEingabekontrolle\n- Änderungen werden protokolliert\n',
    )
    const status = result.statements.filter((one) => one.type === 'measure').map((one) => [one.line, one.status])
    expect(status).toEqual([
      [4, 'planned'],
      [8, 'planned'],
      [11, 'in-place'],
    ])
  })

  it.each(['[x]', '☒', 'X'])('takes lines without %j for not in place where others carry it', (mark) => {
    const result = read(
      `# Zutrittskontrolle der Beispiel GmbH\n\n${mark} Alarmanlage\nVideoüberwachung\n\n## Weitergabe\n\n- ${mark} VPN\n- Signatur der E-Mails\n\n## Backup\n\n- Tägliche Sicherung\n`,
    )
    expect(result.statements.filter((one) => one.type === 'measure').map((one) => one.status)).toEqual([
      'in-place',
      'not-in-place',
      'in-place',
      'not-in-place',
      'in-place',
    ])
  })

  it('takes a line that is only a placeholder in brackets for not in place', () => {
    for (const line of ['- [abschließbare Aktenschränke]', '[Alarmanlage eintragen]'])
      expect(last(german(line)).status, line).toBe('not-in-place')
    expect(last(german('- Alarmanlage [siehe Plan]')).status).toBe('in-place')
  })

  it('takes what is not crossed in a form with crosses for not in place', () => {
    const result = read(
      '# Zutrittskontrolle der Beispiel GmbH\n\nX Schlüsselregelung\nAlarmanlage\nX Videoüberwachung\n',
    )
    expect(result.statements.filter((one) => one.type === 'measure').map((one) => one.status)).toEqual([
      'in-place',
      'not-in-place',
      'in-place',
    ])
  })
})

describe('parameters', () => {
  const table: [string, Record<string, unknown>][] = [
    ['- All traffic uses TLS 1.2 or higher, TLS 1.3 preferred', { tls: '1.2' }],
    ['- Databases are encrypted with AES-256-GCM', { cipher: 'AES-256-GCM' }],
    ['- RAID system for the storage (RAID level 5)', { raid: 5 }],
    ['- Log files are kept for 30 days', { retention: 'P30D' }],
    ['- Passwords have at least 12 characters', { passwordLength: 12 }],
    ['- Accounts are locked after 5 failed attempts', { attempts: 5 }],
    ['- RPO 24 hours, RTO 4 hours', { rpo: 'PT24H', rto: 'PT4H' }],
    ['- Availability of 99.9 % by redundant servers', { sla: 99.9 }],
    ['- Passwörter werden mit Argon2id gespeichert', { hash: 'argon2id' }],
    ['- Sitzungen enden nach 15 Minuten Inaktivität', { sessionTimeout: 'PT15M' }],
    ['- Hosting in a data centre certified to ISO 27001 and SOC 2', { certificates: ['ISO 27001', 'SOC 2'] }],
    ['- Die Bildschirmsperre greift nach 10 Minuten', { screenLock: 'PT10M' }],
  ]
  it.each(table)('reads the values of %j', (line, values) => {
    expect(last(english(line)).parameters).toMatchObject(values)
  })

  it('reads named systems in their usual spelling', () => {
    expect(
      last(english('- Sign-in through Azure AD, secrets in Azure Key Vault, servers at Hetzner Online')).systems,
    ).toEqual(['Microsoft Entra ID', 'Azure Key Vault', 'Hetzner'])
  })
})

describe('cadence', () => {
  const table: [string, string | null][] = [
    ['- Restore tests are carried out every six months', 'P6M'],
    ['- Wiederherstellungstests finden halbjährlich statt', 'P6M'],
    ['- Berechtigungen werden vierteljährlich überprüft', 'P3M'],
    ['- Annual training of all employees', 'P1Y'],
    ['- Tägliche Datensicherung', 'P1D'],
    ['- Backups alle 2 Tage', 'P2D'],
    ['- Internal audit with a 6-month cadence', 'P6M'],
    ['- Logs are kept for 30 days', null],
    ['- Patches are installed regularly', null],
  ]
  it.each(table)('reads the rhythm of %j', (line, every) => {
    expect(last(english(line)).cadence).toEqual(every === null ? null : { every })
  })

  it('asks back where a word means two rhythms', () => {
    expect(last(english('- Bi-annual recovery tests')).cadence).toEqual({
      ambiguous: 'Bi-annual',
      candidates: ['P6M', 'P2Y'],
      ask: 'Does "Bi-annual" mean every six months or every two years?',
    })
    expect(last(german('- Wiederherstellungstests finden zweijährlich statt')).cadence).toMatchObject({
      ambiguous: 'zweijährlich',
      ask: 'Heißt „zweijährlich“ alle sechs Monate oder alle zwei Jahre?',
    })
  })
})

describe('structure', () => {
  it('cuts a flattened two-column table where the second noun phrase starts', () => {
    const result = read(
      'Office access control\n\nTechnical measures Organizational measures\nBurglar alarm of the office Register of all keys\nLocked doors (steel, with cylinder) Reception desk in the entrance\nSurveillance cameras\n',
    )
    expect(result.statements.filter((one) => one.type === 'measure').map((one) => [one.column, one.text])).toEqual([
      ['technical', 'Burglar alarm of the office'],
      ['organisational', 'Register of all keys'],
      ['technical', 'Locked doors (steel, with cylinder)'],
      ['organisational', 'Reception desk in the entrance'],
      ['technical', 'Surveillance cameras'],
    ])
  })

  it('finds several measures in one sentence of prose', () => {
    const statement = last(
      english(
        'Staff sign in with a personal account, a strong password and a second factor through a central directory service.',
      ),
    )
    expect(ids(statement)).toEqual(
      expect.arrayContaining(['central-identity', 'individual-accounts', 'mfa', 'password-policy']),
    )
  })

  it('splits prose into sentences but not at abbreviations', () => {
    const result = german(
      'Die Daten werden, z. B. in der Datenbank, gem. Art. 32 DSGVO verschlüsselt. Backups werden täglich erstellt.',
    )
    expect(result.statements.filter((one) => one.type !== 'heading').map((one) => one.id)).toEqual(['s5.1', 's5.2'])
  })

  it('takes definitions and goals for notes, whatever words they hold', () => {
    for (const line of [
      'Maßnahmen, die geeignet sind, Unbefugten den Zutritt zu Serverräumen zu verwehren.',
      'Measures to ensure that backups are encrypted during transport and storage.',
      'Es wird sichergestellt, dass Passwörter nicht von Unbefugten genutzt werden.',
    ])
      expect(last(german(line)), line).toMatchObject({ type: 'note', measures: [] })
  })

  it('takes options, advice, examples, recommendations and pointers for notes', () => {
    for (const line of [
      'Zur Sicherung können Alarmanlagen und Videokameras eingesetzt werden.',
      'Richten Sie eine Firewall und tägliche Backups ein.',
      'Für Passwörter wird eine Mindestlänge von zwölf Zeichen empfohlen.',
      'Beispiele für Maßnahmen sind Firewalls und Backups.',
      'Weitere Einzelheiten ergeben sich aus dem Löschkonzept.',
    ])
      expect(last(german(line)), line).toMatchObject({ type: 'note', measures: [] })
  })

  it('takes a quoted article for a note until the quotation ends', () => {
    const result = read(
      '# Measures of Example Ltd\n\n“Article 32: the parties take these steps:\n\n(a) encryption of personal data;\n\n(b) daily backups.”\n\nBackups run every night.\n',
    )
    expect(result.statements.filter((one) => one.measures.length > 0).map((one) => one.line)).toEqual([9])
  })

  it('finds no measures in tables that explain, and in sections about kinds of data or mistakes', () => {
    for (const text of [
      '| Category | Description | Examples |\n|---|---|---|\n| System access | Who may sign in | Firewall, MFA |\n',
      '| Mistake | Avoidance |\n|---|---|\n| No backups | Run daily backups |\n',
      '## Types of personal data\n\n- Server logs and passwords\n',
      '## Frequent mistakes\n\n- Backups are not encrypted\n',
    ])
      expect(read(`# Measures of Example Ltd\n\n${text}`).statements.flatMap(ids), text).toEqual([])
  })

  it('takes words that name the agreement or another paper for no measure', () => {
    expect(last(german('Backups laufen täglich (siehe Löschkonzept)')).measures.map(({ id }) => id)).toEqual([
      'regular-backup',
    ])
    expect(ids(last(german('Bezug: Anlage 2 zum Auftragsverarbeitungsvertrag')))).toEqual([])
  })

  it('gives numbered clauses in lower case their own line', () => {
    const result = read(
      '# Measures\n\n1. The processor shall:\n1.1 keep firewalls between its own offices and the public internet;\n1.2 make daily backups\n1.3 encrypt laptops\n',
    )
    expect(result.statements.flatMap((one) => one.measures.map(({ id }) => [one.line, id]))).toEqual([
      [4, 'firewall'],
      [5, 'regular-backup'],
      [6, 'disk-encryption'],
    ])
  })

  it('is sure where every measure of a statement reaches the mark, and nowhere else', () => {
    const statements = [...english('Firewall').statements, ...english('Passwords, key list, cameras').statements]
    for (const { measures, sure, type } of statements.filter((one) => one.measures.length > 0))
      expect(sure, type).toBe(measures.every(({ confidence }) => confidence >= 0.85))
    expect(last(english('Firewalls protect the network')).sure).toBe(true)
  })

  it('reads the means behind a goal', () => {
    expect(ids(last(english('Protection against accidental loss through daily backups and a firewall')))).toEqual([
      'firewall',
      'regular-backup',
    ])
  })

  it('nests headings, sets the section and leaves headings without measures', () => {
    const result = read(
      '# Measures of Example Ltd\n\n## 1. Confidentiality\n\n### 1.1 Encryption\n\n- Laptops with full-disk encryption\n',
    )
    expect(
      result.statements.filter((one) => one.type === 'heading').map((one) => [one.level, one.measures.length]),
    ).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ])
    expect(last(result).section).toBe('1.1 Encryption')
  })

  it('reads names of controls in a run of lines as measures, above deeper content as headings', () => {
    const run = english('Control against malware\nPatch and Vulnerability Management\nScreen locks')
    expect(run.statements.slice(2).map((one) => one.type)).toEqual(['measure', 'measure', 'measure'])
    const headed = english('Control against malware\n\n- Virus scanner on each laptop')
    expect(headed.statements.slice(2).map((one) => one.type)).toEqual(['heading', 'measure'])
  })

  it('goes on with a definition where its paragraph names what may serve it', () => {
    const types = (text: string) =>
      english(text)
        .statements.slice(2)
        .map((one) => one.type)
    expect(
      types(
        'Measures that keep strangers from using our systems. Options include firewalls and smart cards. They can also include a VPN. Our firewall is active.',
      ),
    ).toEqual(['note', 'note', 'note', 'measure'])
    expect(types('Maßnahmen, die Fremde fernhalten. In Betracht kommen Firewalls. Unsere Firewall ist aktiv.')).toEqual(
      ['note', 'note', 'measure'],
    )
    expect(types('Our firewall is active. Its logs can include addresses of visitors.')[0]).toBe('measure')
  })

  it.each([
    ['It is ensured that security updates are installed within a week.', 'measure'],
    ['It is ensured that nobody works with the data of others.', 'note'],
    ['It is ensured that data are not deleted by accident.', 'note'],
    ['Es wird sichergestellt, dass alle Festplatten verschlüsselt werden.', 'measure'],
    ['Es wird sichergestellt, dass Fremde nichts lesen, insbesondere Verschlüsselung der Festplatten.', 'measure'],
    ['Es wird sichergestellt, dass nur Berechtigte auf Festplatten zugreifen.', 'note'],
  ])('reads %j as a %s', (sentence, type) => {
    expect(last(english(sentence)).type).toBe(type)
  })

  it('takes keys, cards and authorisations in a section on entry for those of doors', () => {
    const under = (heading: string, line: string) =>
      ids(last(read(`# Measures of Example Ltd\n\n## ${heading}\n\n- ${line}\n`)))
    const doors: [string, string][] = [
      ['Key management', 'physical-key-register'],
      ['Cards for the staff', 'electronic-access-control'],
      ['Assignment of authorisations', 'entry-authorisation'],
    ]
    for (const [line, id] of doors) expect(under('Entry to the premises', line), line).toEqual([id])
    expect(under('Encryption', 'Key management')).toEqual(['encryption-key-management'])
    expect(under('Access to data', 'Assignment of authorisations')).toEqual(['access-provisioning'])
  })

  it('is honest about what it does not know', () => {
    const statement = last(english('- The plants in the hall are watered'))
    expect(statement).toMatchObject({ type: 'measure', measures: [], sure: false })
  })

  it('gives the same result for the same document, with unique ids', () => {
    const text =
      '# Measures of Example Ltd\n\n- Firewall; intrusion detection system in use\n- ☒ Alarm system | ☐ Guards on site\n'
    expect(read(text)).toEqual(read(text))
    const all = read(text).statements.map((one) => one.id)
    expect(new Set(all).size).toBe(all.length)
  })

  it('reads title, date and version of the document', () => {
    const result = read(
      '# Technical and organisational measures\n\nVersion 2.1, last updated 2026-03-04. Next review: 2027-03-04.\n\n- Firewall in place\n',
    )
    expect(result.document).toMatchObject({
      title: 'Technical and organisational measures',
      date: '2026-03-04',
      version: '2.1',
      language: 'en',
      sha256: null,
    })
  })

  it('tells German from English and refuses others by name', () => {
    expect(german('- Firewall').document.language).toBe('de')
    expect(english('- Firewall').document.language).toBe('en')
    expect(() =>
      read(
        'Åtgärder för att skydda personuppgifter och åtkomst till systemet ska vara dokumenterade och de som har behörighet är registrerade av oss till den ansvarige.',
      ),
    ).toThrow(ReaderError)
  })
})

describe('language of short lists', () => {
  it.each([
    ['TOM\n\n- Access Management mit Badge Reader\n- Penetration Testing und Vulnerability Scanning\n', 'de'],
    ['TOM\n\n- Incident Management Prozess\n- Endpoint Protection im Einsatz\n- Security Monitoring by Design\n', 'de'],
    ['Measures\n\n- Access management with badge readers\n- Monitoring of the servers\n', 'en'],
    ['Measures\n\n- Access management\n- Encryption\n- Penetration testing in place\n', 'en'],
  ])('reads %j as %s', (text, language) => {
    expect(read(text).document.language).toBe(language)
  })
})

describe('coverage', () => {
  it('names essential measures that were not found and takes an alternative for the measure', () => {
    const result = english('- Daily backups of the database')
    const recover = result.coverage.provisions.find((one) => one.key === '32(1)(c)')
    expect(recover).toMatchObject({ covered: true, statements: [last(result).id] })
    expect(recover?.missing).not.toContain('regular-backup')
    expect(recover?.missing.length).toBeGreaterThan(0)
    expect(result.coverage.goals.map((goal) => goal.key)).toContain('recoverability')
  })
})
