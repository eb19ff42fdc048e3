import type { Template } from './template.ts'

/** Rules for whoever writes and ships software. */
export const developmentTemplates = [
  {
    id: 'secure-coding',
    title: { en: 'Guideline on secure coding', de: 'Richtlinie zur sicheren Entwicklung' },
    about: {
      en: 'Design, code, review, libraries, secrets, tests',
      de: 'Entwurf, Quelltext, Prüfung, Bibliotheken, Geheimnisse, Tests',
    },
    measures: ['secure-development', 'code-review', 'privacy-by-design', 'no-production-data-in-test'],
    text: {
      en: `## Purpose

Most weaknesses are made while software is written, and it is cheapest to avoid them there. This guideline applies to everybody who designs, writes, reviews or tests software at {{tenant}}, and to contractors who do so for us.

## Design

- Before a feature is built it is clear which data it needs, who may see them, how long they are kept, and how it could be abused. For larger changes this is written down.
- The default is the one that protects best: closed, few data, short periods.
- Access is decided on the server, for each object, at one place.

## Writing

- Everything from outside is checked on arrival and escaped on output for where it goes.
- Queries are parameterised. Markup is made by a library that escapes by itself.
- We use the cryptography of established libraries and never invent our own.
- Errors tell users what to do and tell attackers nothing. Logs hold no secrets and no needless personal data.

## Secrets

Secrets do not belong into source code, tests, examples or images. They come from the secret store at run time. A scanner looks for them before every merge.

## Libraries

- A new library is chosen with care: is it needed, is it maintained, what is its licence?
- Versions are pinned, and updates are proposed automatically. Known weaknesses are dealt with in the periods of the guideline on operation.

## Review

- Nothing reaches the main branch without the review of a second person who understands the change.
- The reviewer looks for missing checks of rights, for new data, new entrances and new libraries, and for tests of what must not be possible.
- Findings are settled or recorded before the merge.

## Testing

- Automatic tests run with every change, also for misuse: another customer's data, missing rights, hostile input.
- Static analysis and the scan of libraries run with every change, and errors stop it.
- Tests use invented data only.
- Once a year, and after larger changes, somebody who did not build it looks for weaknesses.

## Knowledge

Whoever develops is trained in secure coding when they begin and every year. What we learned from incidents becomes a test, a rule or a lesson.`,
      de: `## Zweck

Die meisten Schwachstellen entstehen beim Schreiben von Software, und dort lassen sie sich am günstigsten vermeiden. Diese Richtlinie gilt für alle, die bei {{tenant}} Software entwerfen, schreiben, prüfen oder testen, und für Auftragnehmer, die dies für uns tun.

## Entwurf

- Bevor eine Funktion gebaut wird, ist klar, welche Daten sie braucht, wer sie sehen darf, wie lange sie bleiben und wie sie missbraucht werden könnte. Bei größeren Änderungen wird dies aufgeschrieben.
- Voreingestellt ist, was am besten schützt: geschlossen, wenige Daten, kurze Fristen.
- Über Zugriff wird auf dem Server entschieden, für jedes Objekt, an einer Stelle.

## Schreiben

- Alles, was von außen kommt, wird beim Eintreffen geprüft und bei der Ausgabe für den jeweiligen Ort maskiert.
- Abfragen sind parametrisiert. Auszeichnungen erzeugt eine Bibliothek, die von selbst maskiert.
- Wir benutzen die Kryptografie bewährter Bibliotheken und erfinden keine eigene.
- Fehlermeldungen sagen Nutzenden, was zu tun ist, und Angreifern nichts. Protokolle enthalten keine Geheimnisse und keine unnötigen personenbezogenen Daten.

## Geheimnisse

Geheimnisse gehören nicht in Quelltext, Tests, Beispiele oder Abbilder. Sie kommen zur Laufzeit aus dem Geheimnisspeicher. Vor jedem Zusammenführen sucht ein Werkzeug danach.

## Bibliotheken

- Eine neue Bibliothek wird mit Bedacht gewählt: Wird sie gebraucht, wird sie gepflegt, welche Lizenz hat sie?
- Versionen sind festgelegt, Aktualisierungen werden automatisch vorgeschlagen. Bekannte Schwachstellen werden in den Fristen der Betriebsrichtlinie behoben.

## Prüfung

- Nichts gelangt in den Hauptzweig ohne die Prüfung durch eine zweite Person, die die Änderung versteht.
- Geprüft wird auf fehlende Rechteprüfungen, neue Daten, neue Eingänge und neue Bibliotheken und auf Tests dessen, was nicht möglich sein darf.
- Beanstandungen werden vor dem Zusammenführen erledigt oder festgehalten.

## Tests

- Automatische Tests laufen mit jeder Änderung, auch für Missbrauch: Daten anderer Kunden, fehlende Rechte, feindliche Eingaben.
- Statische Analyse und die Untersuchung der Bibliotheken laufen mit jeder Änderung; Fehler halten sie auf.
- Tests verwenden ausschließlich erfundene Daten.
- Einmal im Jahr und nach größeren Änderungen sucht jemand nach Schwachstellen, der nicht daran gebaut hat.

## Wissen

Wer entwickelt, wird zu Beginn und danach jedes Jahr in sicherer Entwicklung geschult. Was wir aus Vorfällen gelernt haben, wird zu einem Test, einer Regel oder einer Lektion.`,
    },
  },
  {
    id: 'release-strategy',
    title: { en: 'Guideline on releases', de: 'Richtlinie zur Veröffentlichung von Software' },
    about: {
      en: 'From the main branch to production, and back if need be',
      de: 'Vom Hauptzweig in den Echtbetrieb und notfalls zurück',
    },
    measures: ['release-strategy', 'four-eyes'],
    text: {
      en: `## Purpose

A release changes what our customers rely on. This guideline says how software of {{tenant}} gets from the main branch into production: in small steps, checked, traceable and reversible.

## Before a release

- The main branch can be released at any time. Unfinished work is behind a switch that is off.
- All automatic tests, the static analysis and the scan of libraries have passed for exactly this state.
- The change was reviewed by a second person. Whoever wrote it does not release it alone.
- Changes of the database can be rolled out before the program, and the old program works with the new database.
- The release notes say in the words of users what changes for them; security fixes are named as such.

## Building

Releases are built by an automatic process from version control, never on somebody's computer. Each has a number, and from it one can tell which source and which libraries it was made of. What was tested is what is delivered: nothing is built anew for production.

## Rolling out

- A release first runs in an environment that resembles production, with invented data.
- It is rolled out in steps where possible, at times when somebody can act, and not before a weekend or holiday unless it mends something urgent.
- After each step, errors, response times and alarms are watched for at least 30 minutes.

## Going back

- Before the roll-out it is clear how to go back and who decides.
- Where customers are hindered, we go back first and search afterwards.
- A change that cannot be undone needs a fresh backup and the approval of a second person.

## Urgent security releases

A critical weakness is mended at once. Review and tests may be shortened but not left out; what was left open is made up for within 5 working days. Customers are told what they have to do.

## Announcement and end

Changes that customers must prepare for are announced at least 30 days ahead. For each product it is published which versions are supported and until when.

## Record

For each release the number, the time, the person who released it, the result of the tests and any return to an earlier state are recorded.`,
      de: `## Zweck

Eine Veröffentlichung ändert, worauf unsere Kunden sich verlassen. Diese Richtlinie regelt, wie Software von {{tenant}} aus dem Hauptzweig in den Echtbetrieb gelangt: in kleinen Schritten, geprüft, nachvollziehbar und umkehrbar.

## Vor einer Veröffentlichung

- Der Hauptzweig ist jederzeit auslieferbar. Unfertiges liegt hinter einem ausgeschalteten Schalter.
- Alle automatischen Tests, die statische Analyse und die Untersuchung der Bibliotheken sind für genau diesen Stand erfolgreich.
- Die Änderung wurde von einer zweiten Person geprüft. Wer sie geschrieben hat, veröffentlicht sie nicht allein.
- Änderungen der Datenbank lassen sich vor dem Programm ausrollen, und das alte Programm arbeitet mit der neuen Datenbank.
- Die Mitteilung zur Version sagt in der Sprache der Nutzenden, was sich ändert; Sicherheitskorrekturen werden als solche benannt.

## Erstellen

Versionen werden durch einen automatischen Ablauf aus der Versionsverwaltung erstellt, niemals auf einem persönlichen Rechner. Jede hat eine Nummer, aus der hervorgeht, aus welchem Quelltext und welchen Bibliotheken sie besteht. Ausgeliefert wird, was getestet wurde: Für den Echtbetrieb wird nichts neu erstellt.

## Ausrollen

- Eine Version läuft zuerst in einer Umgebung, die dem Echtbetrieb gleicht, mit erfundenen Daten.
- Sie wird nach Möglichkeit schrittweise ausgerollt, zu Zeiten, in denen jemand handeln kann, und nicht vor einem Wochenende oder Feiertag, es sei denn, sie behebt etwas Dringendes.
- Nach jedem Schritt werden Fehler, Antwortzeiten und Alarme mindestens 30 Minuten lang beobachtet.

## Zurückkehren

- Vor dem Ausrollen ist klar, wie man zurückkehrt und wer darüber entscheidet.
- Wo Kunden behindert werden, kehren wir erst zurück und suchen danach.
- Eine nicht umkehrbare Änderung braucht eine frische Sicherung und die Freigabe durch eine zweite Person.

## Dringende Sicherheitskorrekturen

Eine kritische Schwachstelle wird sofort behoben. Prüfung und Tests dürfen verkürzt, aber nicht ausgelassen werden; Offenes wird binnen 5 Arbeitstagen nachgeholt. Kunden erfahren, was sie zu tun haben.

## Ankündigung und Ende

Änderungen, auf die Kunden sich vorbereiten müssen, werden mindestens 30 Tage vorher angekündigt. Zu jedem Produkt ist veröffentlicht, welche Versionen bis wann unterstützt werden.

## Dokumentation

Zu jeder Veröffentlichung werden die Nummer, der Zeitpunkt, die freigebende Person, das Ergebnis der Tests und eine etwaige Rückkehr zu einem früheren Stand festgehalten.`,
    },
  },
] as const satisfies readonly Template[]
