import type { Template } from './template.ts'

/** Rules for running systems: access, backup, operation and the notification of issues. */
export const operationTemplates = [
  {
    id: 'access',
    title: { en: 'Guideline on access', de: 'Zugriffsrichtlinie' },
    about: {
      en: 'Granting, changing, reviewing and ending rights',
      de: 'Rechte erteilen, ändern, überprüfen und entziehen',
    },
    measures: ['access-provisioning', 'offboarding', 'access-review', 'least-privilege', 'minimal-admins'],
    text: {
      en: `## Purpose

Access to systems and data is given on purpose, by people who may give it, and ends when it is no longer needed. This guideline applies to every system of {{tenant}} and to every system of customers for which we hold accounts.

## Principles

- Everybody works with an account of their own. Actions can be traced to one person.
- Rights follow the role. Nobody has more than the work at hand needs.
- Administration is done with separate accounts, by as few people as possible and by at least two, so that absence is covered.
- Nobody grants rights to themselves.

## Granting

- Access is asked for in writing by the person responsible for the work, naming the system, the role and, where it is temporary, the end.
- The owner of the system decides. The decision is kept with the name, the day and the role.
- Access to data of customers is given only after the confidentiality agreement is signed and the basic training is done.

## Changes of work

Whoever changes their task keeps nothing by habit: rights of the old task are taken away within 5 working days, those of the new one are asked for anew.

## Leaving

- On the last day all accounts are locked, sessions ended, keys and tokens revoked, and shared passwords that the person knew are changed.
- Devices, keys and access media are returned against a receipt.
- After a dismissal the locks take effect before the conversation ends.

## Review

Every 6 months, and every 3 months for administrators, the owner of each system goes through the list of accounts and decides for each: keep, change or remove. Accounts that nobody used for 90 days are locked. The review is recorded with its result.

## Access from outside

Remote access uses an encrypted connection and a second factor. Service providers get access for one occasion, watched or logged, and it is closed afterwards.

## Emergency accounts

Emergency accounts have long random passwords that are kept sealed. Each use is reported at once, justified afterwards, and the password is changed.`,
      de: `## Zweck

Zugriff auf Systeme und Daten wird bewusst und von Berechtigten erteilt und endet, wenn er nicht mehr gebraucht wird. Diese Richtlinie gilt für jedes System von {{tenant}} und für jedes System von Kunden, für das wir Konten haben.

## Grundsätze

- Alle arbeiten mit einem eigenen Konto. Handlungen lassen sich einer Person zuordnen.
- Rechte folgen der Rolle. Niemand hat mehr, als die Aufgabe erfordert.
- Verwaltet wird mit getrennten Konten, von so wenigen Personen wie möglich und von mindestens zwei, damit Abwesenheit abgedeckt ist.
- Niemand erteilt sich selbst Rechte.

## Erteilen

- Zugriff wird schriftlich von der für die Arbeit verantwortlichen Person beantragt, mit System, Rolle und, wenn er befristet ist, mit dem Ende.
- Es entscheidet, wer für das System verantwortlich ist. Die Entscheidung wird mit Name, Tag und Rolle festgehalten.
- Zugriff auf Kundendaten wird erst erteilt, wenn die Vertraulichkeitserklärung unterschrieben und die Grundschulung abgeschlossen ist.

## Wechsel der Aufgabe

Wer die Aufgabe wechselt, behält nichts aus Gewohnheit: Rechte der alten Aufgabe werden binnen 5 Arbeitstagen entzogen, die der neuen neu beantragt.

## Ausscheiden

- Am letzten Tag werden alle Konten gesperrt, Sitzungen beendet, Schlüssel und Zugriffsmarken widerrufen und gemeinsame Passwörter geändert, die der Person bekannt waren.
- Geräte, Schlüssel und Zutrittsmedien werden gegen Quittung zurückgegeben.
- Bei einer Kündigung durch {{tenant}} wirken die Sperren, bevor das Gespräch endet.

## Überprüfung

Alle 6 Monate, für Verwaltungskonten alle 3 Monate, geht die verantwortliche Person jedes Systems die Liste der Konten durch und entscheidet für jedes: behalten, ändern oder entfernen. Konten, die 90 Tage niemand benutzt hat, werden gesperrt. Die Überprüfung wird mit Ergebnis festgehalten.

## Zugriff von außen

Fernzugriff braucht eine verschlüsselte Verbindung und einen zweiten Faktor. Dienstleister erhalten Zugriff für einen Anlass, beaufsichtigt oder protokolliert; danach wird er geschlossen.

## Notfallkonten

Notfallkonten haben lange, zufällige Passwörter, die versiegelt aufbewahrt werden. Jede Nutzung wird sofort gemeldet und nachträglich begründet; das Passwort wird geändert.`,
    },
  },
  {
    id: 'backup',
    title: { en: 'Guideline on backups', de: 'Sicherungsrichtlinie' },
    about: {
      en: 'What is backed up, how long, and how restores are proven',
      de: 'Was gesichert wird, wie lange, und wie Wiederherstellungen nachgewiesen werden',
    },
    measures: ['backup-concept', 'recovery-objectives'],
    text: {
      en: `## Purpose

A backup is worth what can be restored from it. This guideline says what {{tenant}} backs up, how long copies are kept, and how we prove that they can be restored.

## What is backed up

- Every database and every file store with data of customers or of {{tenant}}.
- Source code, configuration, infrastructure descriptions and the documents needed for a new start.
- For each system a list names the owner, the rhythm, the place of the copies, how long they are kept, and the order of restoring.

## Rhythm and objectives

- Databases in production are backed up at least once a day; where the platform allows, changes are kept continuously.
- Unless a contract says otherwise, at most 24 hours of data may be lost (recovery point), and operation is resumed within 24 hours (recovery time).
- Configuration is backed up with every change.

## Keeping

- Three copies on two kinds of storage, one of them at another place.
- At least one copy cannot be changed or deleted from the systems that it protects.
- Daily copies are kept for 30 days and monthly copies for 12 months, unless the periods of deletion demand less. Data that were deleted on request vanish from the copies when these expire, and are deleted anew after a restore.

## Protection

Backups are encrypted before they leave the system. The keys lie apart from the copies and are themselves kept twice. Access is limited to the people who restore.

## Watching

A backup that failed, that is late or unusually small raises an alarm on the same day. The owner of the system deals with it on the next working day at the latest.

## Restore tests

- Every 3 months a copy of each important system is restored into a separate environment, and the result is checked: completeness, age, and the time that it took.
- Once a year the restart of the whole service is rehearsed.
- Each test is recorded with date, system, duration, result and what is to be improved.

## Test data

A restored copy contains real data. The environment is protected like production and is deleted after the test.`,
      de: `## Zweck

Eine Sicherung ist so viel wert wie das, was sich daraus wiederherstellen lässt. Diese Richtlinie regelt, was {{tenant}} sichert, wie lange Kopien aufbewahrt werden und wie wir nachweisen, dass sie sich wiederherstellen lassen.

## Was gesichert wird

- Jede Datenbank und jeder Dateispeicher mit Daten von Kunden oder von {{tenant}}.
- Quelltext, Konfiguration, Beschreibungen der Infrastruktur und die für einen Neuanfang nötigen Dokumente.
- Für jedes System nennt eine Liste die verantwortliche Person, den Rhythmus, den Ort der Kopien, die Dauer der Aufbewahrung und die Reihenfolge der Wiederherstellung.

## Rhythmus und Ziele

- Datenbanken im Echtbetrieb werden mindestens täglich gesichert; wo die Plattform es zulässt, werden Änderungen laufend festgehalten.
- Sofern ein Vertrag nichts anderes sagt, dürfen höchstens 24 Stunden an Daten verloren gehen (Wiederherstellungspunkt), und der Betrieb läuft binnen 24 Stunden wieder (Wiederherstellungszeit).
- Die Konfiguration wird mit jeder Änderung gesichert.

## Aufbewahrung

- Drei Kopien auf zwei Arten von Speicher, eine davon an einem anderen Ort.
- Mindestens eine Kopie lässt sich von den Systemen, die sie schützt, weder ändern noch löschen.
- Tageskopien werden 30 Tage und Monatskopien 12 Monate aufbewahrt, sofern Löschfristen nicht weniger verlangen. Auf Verlangen gelöschte Daten verschwinden aus den Kopien mit deren Ablauf und werden nach einer Wiederherstellung erneut gelöscht.

## Schutz

Sicherungen werden verschlüsselt, bevor sie das System verlassen. Die Schlüssel liegen getrennt von den Kopien und sind selbst doppelt vorhanden. Zugriff haben nur Personen, die wiederherstellen.

## Überwachung

Eine fehlgeschlagene, verspätete oder ungewöhnlich kleine Sicherung löst noch am selben Tag einen Alarm aus. Die verantwortliche Person kümmert sich spätestens am nächsten Arbeitstag darum.

## Wiederherstellungstests

- Alle 3 Monate wird eine Kopie jedes wichtigen Systems in einer getrennten Umgebung wiederhergestellt und das Ergebnis geprüft: Vollständigkeit, Alter und benötigte Zeit.
- Einmal im Jahr wird der Neustart des gesamten Dienstes geübt.
- Jeder Test wird mit Datum, System, Dauer, Ergebnis und Verbesserungsbedarf festgehalten.

## Testdaten

Eine wiederhergestellte Kopie enthält echte Daten. Die Umgebung wird wie der Echtbetrieb geschützt und nach dem Test gelöscht.`,
    },
  },
  {
    id: 'operation',
    title: { en: 'Guideline on operation', de: 'Betriebsrichtlinie' },
    about: {
      en: 'Changes, updates, monitoring and logs of running systems',
      de: 'Änderungen, Aktualisierungen, Überwachung und Protokolle laufender Systeme',
    },
    measures: ['operations-manual', 'log-review', 'no-manual-data-change'],
    text: {
      en: `## Purpose

This guideline says how {{tenant}} runs its systems, so that they stay available and every change can be explained. It applies to everybody who may change systems in production.

## Inventory and manual

- Every system has an owner and a deputy, and stands in the list of systems with its purpose, its data, its place and its provider.
- For every system there is a short manual: how it is started, watched, updated, restored and switched off. It is kept where it can be read when the system is down.

## Changes

- Changes are described, checked by a second person and rolled out by an automatic process from version control.
- Before each change it is clear how to go back.
- Urgent changes may be made by one person; they are looked at by a second one on the next working day.
- Settings are not made by hand where they can be described as code.

## Data of customers

Data in production are changed through the application only. A correction in the database needs the written instruction of the customer, a second person, and a record of what was changed and why.

## Updates

- Systems and libraries are kept in supported versions.
- Critical security updates are installed within 3 days, high ones within 14 days, all others within 60 days. Where that is impossible, the reason and the protection until then are recorded.

## Monitoring

Availability, errors, capacity, certificates and backups are watched automatically. Alarms reach somebody who can act; whoever takes an alarm says so. Capacity is planned before 80 % are reached.

## Logs

- Sign-ins, changes of rights, changes of settings and access to data of customers are logged, with synchronised clocks and without passwords or needless personal data.
- Logs are protected against change, kept for 90 days unless a law or a contract says otherwise, and looked through every month and on every occasion.

## Separation

Development, test and production are separated, with accounts and keys of their own. Real data stay in production.

## Absence

For each role there is a deputy who knows the manual and has the access. Holidays are planned so that one of them is there.`,
      de: `## Zweck

Diese Richtlinie regelt, wie {{tenant}} Systeme betreibt, damit sie verfügbar bleiben und sich jede Änderung erklären lässt. Sie gilt für alle, die Systeme im Echtbetrieb ändern dürfen.

## Verzeichnis und Handbuch

- Jedes System hat eine verantwortliche Person und eine Vertretung und steht im Systemverzeichnis mit Zweck, Daten, Ort und Anbieter.
- Zu jedem System gibt es ein kurzes Handbuch: wie es gestartet, überwacht, aktualisiert, wiederhergestellt und abgeschaltet wird. Es liegt dort, wo man es bei einem Ausfall lesen kann.

## Änderungen

- Änderungen werden beschrieben, von einer zweiten Person geprüft und durch einen automatischen Ablauf aus der Versionsverwaltung ausgerollt.
- Vor jeder Änderung ist klar, wie man zurückkehrt.
- Dringende Änderungen darf eine Person allein vornehmen; am nächsten Arbeitstag sieht eine zweite sie durch.
- Einstellungen werden nicht von Hand vorgenommen, wo sie sich als Code beschreiben lassen.

## Kundendaten

Daten im Echtbetrieb werden nur über die Anwendung geändert. Eine Korrektur in der Datenbank braucht die schriftliche Weisung des Kunden, eine zweite Person und einen Vermerk, was weshalb geändert wurde.

## Aktualisierungen

- Systeme und Bibliotheken werden in unterstützten Versionen gehalten.
- Kritische Sicherheitsaktualisierungen werden binnen 3 Tagen eingespielt, hohe binnen 14 Tagen, alle übrigen binnen 60 Tagen. Wo das unmöglich ist, werden der Grund und der Schutz bis dahin festgehalten.

## Überwachung

Verfügbarkeit, Fehler, Auslastung, Zertifikate und Sicherungen werden automatisch überwacht. Alarme erreichen jemanden, der handeln kann; wer einen Alarm übernimmt, sagt es. Kapazität wird geplant, bevor 80 % erreicht sind.

## Protokolle

- Anmeldungen, Änderungen von Rechten und Einstellungen und Zugriffe auf Kundendaten werden protokolliert, mit abgeglichenen Uhren und ohne Passwörter oder unnötige personenbezogene Daten.
- Protokolle sind vor Änderung geschützt, werden 90 Tage aufbewahrt, sofern Gesetz oder Vertrag nichts anderes sagen, und jeden Monat sowie aus jedem Anlass durchgesehen.

## Trennung

Entwicklung, Test und Echtbetrieb sind getrennt und haben eigene Konten und Schlüssel. Echte Daten bleiben im Echtbetrieb.

## Abwesenheit

Für jede Rolle gibt es eine Vertretung, die das Handbuch kennt und den Zugriff hat. Urlaub wird so geplant, dass eine von beiden Personen da ist.`,
    },
  },
  {
    id: 'issue-notification',
    title: { en: 'Guideline on notifying issues', de: 'Richtlinie zur Meldung von Vorfällen' },
    about: {
      en: 'Who tells whom what and when, if something went wrong',
      de: 'Wer wem was wann meldet, wenn etwas passiert ist',
    },
    measures: ['incident-response-plan', 'controller-notification', 'incident-documentation', 'breach-notification'],
    text: {
      en: `## Purpose

The law and our contracts set short deadlines once data are at risk. They begin when anybody at {{tenant}} learns of it. This guideline says what everybody reports, to whom, and what happens then.

## What is reported

Everything that could have hurt data or systems, also when you are not sure, for example:

- a lost or stolen device, key or paper;
- a message that was sent to the wrong person;
- an attachment that was opened, or a password that was entered on a strange page;
- data that somebody can see who should not, or that are missing or wrong;
- unusual sign-ins, alarms, blackmail, unexplained outages;
- a hint from outside that we have a weakness, or a message of a provider about an incident of theirs.

## How

- At once, by telephone or in person first, then in writing to the contact named below. Nobody waits for proof.
- Say what happened, when, which systems and data, and what you have done so far.
- Change nothing, delete nothing and switch nothing off unless damage goes on; disconnecting the network is right then.
- Do not speak to customers, the press or the attacker. One place speaks for {{tenant}}.

Whoever reports in good faith suffers no disadvantage, even where the mistake was their own.

## What happens then

1. The contact records the report with the time and begins a log of the incident.
2. The damage is contained, and evidence is kept.
3. With the privacy contact it is decided, with reasons, whether personal data are affected and what the risk for people is.
4. Where we process for customers, each customer concerned is told without undue delay and within the period of the contract, with what we know; the rest follows.
5. Where we are responsible ourselves, the supervisory authority is told within 72 hours unless a risk is unlikely. Where the risk is high, the people concerned are told, too.
6. Afterwards the causes are looked for, and measures are decided and tracked.

## Record

Every incident is recorded, also one that was not notified: facts, effects, decisions, reasons and measures. The process is rehearsed once a year.`,
      de: `## Zweck

Gesetz und Verträge setzen kurze Fristen, sobald Daten gefährdet sind. Sie beginnen, wenn irgendjemand bei {{tenant}} davon erfährt. Diese Richtlinie regelt, was alle melden, an wen, und was dann geschieht.

## Was gemeldet wird

Alles, was Daten oder Systemen geschadet haben könnte, auch wenn Sie nicht sicher sind, zum Beispiel:

- ein verlorenes oder gestohlenes Gerät, ein Schlüssel oder Unterlagen;
- eine Nachricht, die an die falsche Person ging;
- ein geöffneter Anhang oder ein Passwort, das auf einer fremden Seite eingegeben wurde;
- Daten, die Unberechtigte sehen können oder die fehlen oder falsch sind;
- ungewöhnliche Anmeldungen, Alarme, Erpressung, unerklärte Ausfälle;
- ein Hinweis von außen auf eine Schwachstelle oder die Nachricht eines Anbieters über einen eigenen Vorfall.

## Wie gemeldet wird

- Sofort, zuerst telefonisch oder persönlich, dann schriftlich an die unten genannte Ansprechstelle. Niemand wartet auf Beweise.
- Sagen Sie, was wann geschehen ist, welche Systeme und Daten betroffen sind und was Sie bisher getan haben.
- Ändern, löschen und schalten Sie nichts ab, es sei denn, der Schaden dauert an; dann ist es richtig, das Netz zu trennen.
- Sprechen Sie nicht mit Kunden, Presse oder Angreifern. Für {{tenant}} spricht eine Stelle.

Wer in gutem Glauben meldet, hat keine Nachteile, auch wenn der Fehler der eigene war.

## Was dann geschieht

1. Die Ansprechstelle hält die Meldung mit Uhrzeit fest und beginnt ein Protokoll des Vorfalls.
2. Der Schaden wird begrenzt, Beweise werden gesichert.
3. Mit der Ansprechstelle für Datenschutz wird begründet entschieden, ob personenbezogene Daten betroffen sind und welches Risiko für Menschen besteht.
4. Wo wir im Auftrag verarbeiten, wird jeder betroffene Kunde unverzüglich und binnen der vertraglichen Frist informiert, mit dem, was wir wissen; der Rest folgt.
5. Wo wir selbst verantwortlich sind, wird die Aufsichtsbehörde binnen 72 Stunden informiert, sofern ein Risiko nicht unwahrscheinlich ist. Bei hohem Risiko werden auch die betroffenen Personen benachrichtigt.
6. Danach werden Ursachen gesucht und Maßnahmen beschlossen und nachverfolgt.

## Dokumentation

Jeder Vorfall wird dokumentiert, auch ein nicht gemeldeter: Tatsachen, Auswirkungen, Entscheidungen, Gründe und Maßnahmen. Der Ablauf wird einmal im Jahr geübt.`,
    },
  },
] as const satisfies readonly Template[]
