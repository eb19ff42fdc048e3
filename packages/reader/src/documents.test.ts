import { describe, expect, it } from 'vitest'
import { today } from './fixtures.ts'
import { readText } from './index.ts'

/** Our own small documents with a careful reader's labels: each line with the measures that it states. */
const english = `# Technical and organisational measures of Example Ltd
Version 4, as of 2026-06-01. Responsible: head of operations.

## Physical access control
Measures suitable for keeping unauthorised people away from the systems.
- The office has an alarm and an electronic locking system => alarm-perimeter electronic-access-control
- Guests sign a visitor book and are escorted => entry-logging visitor-escort
- We run no servers on the premises; everything is hosted at a data centre certified to ISO 27001 => certified-datacentre no-own-infrastructure

## System access control
- Everyone signs in with a personal account through single sign-on => central-identity individual-accounts
- A second factor is compulsory => mfa
- Laptops have full-disk encryption and lock their screen after five minutes => disk-encryption screen-lock
- Leavers lose their access on the last day => offboarding

## Transfer control
All connections use TLS 1.3. Mails with personal data are encrypted with S/MIME. => email-encryption transport-encryption

## Availability
| Measure | Detail | Status |
|---|---|---|
| Backups | every night, encrypted, kept at another site | in place => backup-encryption backup-offsite regular-backup
| Restore test | twice a year | planned => restore-test
| Monitoring | uptime of all servers | in place => system-monitoring

## Review
- These measures are reviewed every year => measure-review
- External penetration test each spring => penetration-test
- Staff are trained in data protection annually and bound to confidentiality => confidentiality-agreements employee-training`

const german = `# Technische und organisatorische Maßnahmen der Beispiel GmbH
Stand: 01.06.2026, Version 2. Verantwortlich: Leitung Betrieb.

## 1. Zutrittskontrolle
Maßnahmen, die geeignet sind, Unbefugten den Zutritt zu den Anlagen zu verwehren.
- Türen mit Sicherheitsschlössern, Ausgabe der Schlüssel gegen Unterschrift => mechanical-locks physical-key-register
- Videoüberwachung des Eingangs => video-surveillance
- Besucher werden am Empfang abgeholt und begleitet => reception-guard visitor-escort

## 2. Zugangskontrolle
- [x] Passwortrichtlinie mit mindestens 14 Zeichen => password-policy
- [ ] Zwei-Faktor-Anmeldung für Administratoren => mfa
- [x] Virenschutz und Firewall auf allen Rechnern => firewall malware-protection

## 3. Zugriffskontrolle
Das Berechtigungskonzept ist rollenbasiert und folgt dem Minimalprinzip. Die Rechte werden vierteljährlich überprüft. => access-review authorisation-concept least-privilege rbac

## 4. Trennungskontrolle
- Mandantentrennung durch eigene Datenbankschemata => tenant-isolation
- Getrennte Umgebungen für Entwicklung, Test und Produktion => environment-separation

## 5. Eingabekontrolle
In Arbeit

## 6. Verfügbarkeit
- Tägliche Datensicherung in ein zweites Rechenzentrum => backup-offsite regular-backup
- USV und Klimaanlage im Serverraum => environmental-protection ups
- Notfallhandbuch mit jährlicher Übung => contingency-plan emergency-exercise

## 7. Auftragskontrolle
- AV-Verträge mit allen Dienstleistern; Liste der Unterauftragnehmer ist öffentlich => dpa-contracts subprocessor-list
- Verarbeitung nur auf dokumentierte Weisung => instruction-bound
- Löschung oder Rückgabe der Daten bei Vertragsende => return-deletion-at-end`

function score(labelled: string): { precision: number; recall: number } {
  const labels = labelled.split('\n').flatMap((line, index) =>
    (line.split(' => ')[1] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((id) => `${index + 1} ${id}`),
  )
  const text = labelled
    .split('\n')
    .map((line) => line.replace(/ => .*/, ''))
    .join('\n')
  const { statements } = readText(text, { name: 'own.md', now: today })
  const told = new Set(statements.flatMap((one) => one.measures.map(({ id }) => `${one.line} ${id}`)))
  const hits = labels.filter((label) => told.has(label)).length
  return { precision: hits / told.size, recall: hits / labels.length }
}

describe('own labelled documents', () => {
  it.each([
    ['English', english],
    ['German', german],
  ])('are read as their author labelled them, in %s', (_language, document) => {
    const { precision, recall } = score(document)
    expect(precision).toBeGreaterThanOrEqual(0.9)
    expect(recall).toBeGreaterThanOrEqual(0.95)
  })

  it('are read within a second when they have twenty pages', () => {
    const text = Array.from({ length: 26 }, () => english.replaceAll(/ => .*/g, '')).join('\n\n')
    readText(english, { name: 'warm.md', now: today })
    const start = performance.now()
    const { document } = readText(text, { name: 'long.md', now: today })
    expect(document.words).toBeGreaterThan(4_000)
    expect(performance.now() - start).toBeLessThan(3_000)
  })
})
