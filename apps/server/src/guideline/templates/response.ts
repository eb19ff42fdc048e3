import type { Template } from './template.ts'

/** The plan by which an incident is handled: who does what, by when, and how it is decided who is told. */
export const responseTemplates = [
  {
    id: 'incident-response',
    title: { en: 'Incident response plan', de: 'Notfallplan für Vorfälle' },
    about: {
      en: 'Roles, contacts, decision tree, clocks and exercises for incidents',
      de: 'Rollen, Kontakte, Entscheidungsbaum, Fristen und Übungen für Vorfälle',
    },
    measures: [
      'incident-response-plan',
      'breach-notification',
      'controller-notification',
      'incident-documentation',
      'user-security-notification',
    ],
    text: {
      en: `## Purpose

This plan says what {{tenant}} does when personal data may have been destroyed, lost, altered, disclosed or seen without right, and when systems are attacked or fail. It applies to everybody who works for {{tenant}}, by day and by night.

## Roles

- Lead: decides the order of work, keeps the timeline, and speaks to the management. Reachable at any hour.
- Deputy: acts as lead while the lead is away.
- Technology: contains the incident, keeps traces, restores systems.
- Communication: writes to customers, to people concerned and to the public, and nobody else does.
- Law and data protection: assesses the risk for people, and prepares the notifications.

Every role has a person and somebody who stands in. Names and phone numbers lie where they can be read while systems are down, on paper too.

## Reporting

Whoever notices something reports it at once in art32, by phone to the lead where it is urgent. Nobody waits until everything is known, and nobody is blamed for a report. Customers and strangers report by the form on the public page. What monitoring finds and what a processor tells becomes an incident in the same way.

## First hour

1. The lead opens the case, rates the severity, and writes down since when it is known: every clock begins with that moment.
2. Technology contains it without destroying traces: machines are cut off from the network, not switched off.
3. The lead decides who works on it and what is done first.
4. Evidence is copied to a place outside the systems concerned, and the case is taken along as an archive.

## Decision tree

1. Are personal data concerned? If not, the reasons are written down, and the incident is solved as any other.
2. In which role do we process the data? For data of customers we are the processor: every customer concerned is told without undue delay, within the hours of the contract. Whether the authority is told is for the customer to decide.
3. For data of our own we are the controller: is a risk for people likely? Only where it is not, the authority is not told, and the reasons are written down.
4. Is a high risk likely? Then the people are told in plain language, unless one of the exceptions of Art. 34(3) GDPR applies, which is named.
5. Each decision is taken by somebody who may sign, with the reasons, and is looked at again when more is known.

## Clocks

- Authority: 72 hours after the breach became known, weekends and holidays included. Nobody plans with a later limit.
- Customers: without undue delay, and at the latest within the hours of the contract.
- Authority in Switzerland: as soon as possible where a high risk is likely.
- What is not known in time is told later, in phases. A notification that is late says why.

## Afterwards

Within two weeks everybody who took part looks back: the cause, what went well, what did not, and which measures change. Every change has an owner and a day. The breach stays in the register, also where nobody had to be told.

## Exercises

At least once a year an invented incident is practised with this plan, with the times measured: until the report, until the first decision, until the notification is ready. What is learnt changes the plan.`,
      de: `## Zweck

Dieser Plan sagt, was {{tenant}} tut, wenn personenbezogene Daten vernichtet, verloren, verändert, unbefugt offengelegt oder eingesehen worden sein können und wenn Systeme angegriffen werden oder ausfallen. Er gilt für alle, die für {{tenant}} arbeiten, bei Tag und bei Nacht.

## Rollen

- Leitung: bestimmt die Reihenfolge der Arbeit, führt den Verlauf und spricht mit der Geschäftsführung. Zu jeder Stunde erreichbar.
- Vertretung: handelt als Leitung, solange diese abwesend ist.
- Technik: dämmt den Vorfall ein, sichert Spuren, stellt Systeme wieder her.
- Kommunikation: schreibt an Kunden, an betroffene Personen und an die Öffentlichkeit, und niemand sonst.
- Recht und Datenschutz: bewertet das Risiko für Personen und bereitet die Meldungen vor.

Jede Rolle hat eine Person und jemanden, der vertritt. Namen und Telefonnummern liegen dort, wo sie auch bei ausgefallenen Systemen zu lesen sind, auch auf Papier.

## Melden

Wer etwas bemerkt, meldet es sofort in art32, bei Eile telefonisch der Leitung. Niemand wartet, bis alles bekannt ist, und niemandem wird eine Meldung vorgeworfen. Kunden und Außenstehende melden über das Formular der öffentlichen Seite. Was die Überwachung findet und was ein Auftragsverarbeiter mitteilt, wird auf gleiche Weise ein Vorfall.

## Erste Stunde

1. Die Leitung eröffnet den Vorgang, stuft die Schwere ein und hält fest, seit wann er bekannt ist: Alle Fristen beginnen mit diesem Augenblick.
2. Die Technik dämmt ein, ohne Spuren zu zerstören: Rechner werden vom Netz getrennt, nicht ausgeschaltet.
3. Die Leitung bestimmt, wer daran arbeitet und was zuerst getan wird.
4. Belege werden an einen Ort außerhalb der betroffenen Systeme kopiert, und der Vorgang wird als Archiv mitgenommen.

## Entscheidungsbaum

1. Sind personenbezogene Daten betroffen? Wenn nicht, werden die Gründe festgehalten, und der Vorfall wird wie jeder andere gelöst.
2. In welcher Rolle verarbeiten wir die Daten? Für Daten von Kunden sind wir Auftragsverarbeiter: Jeder betroffene Kunde wird unverzüglich unterrichtet, binnen der Stunden des Vertrags. Ob der Behörde gemeldet wird, entscheidet der Kunde.
3. Für eigene Daten sind wir Verantwortlicher: Besteht voraussichtlich ein Risiko für Personen? Nur wenn nicht, unterbleibt die Meldung an die Behörde, und die Gründe werden festgehalten.
4. Besteht voraussichtlich ein hohes Risiko? Dann werden die Personen in einfacher Sprache benachrichtigt, es sei denn, eine der Ausnahmen des Art. 34 Abs. 3 DSGVO greift; sie wird genannt.
5. Jede Entscheidung trifft, wer unterschreiben darf, mit Gründen, und sie wird überprüft, sobald mehr bekannt ist.

## Fristen

- Behörde: 72 Stunden, nachdem die Verletzung bekannt wurde, Wochenenden und Feiertage eingeschlossen. Mit einer späteren Grenze plant niemand.
- Kunden: unverzüglich, spätestens binnen der Stunden des Vertrags.
- Behörde in der Schweiz: so rasch als möglich, wenn voraussichtlich ein hohes Risiko besteht.
- Was nicht rechtzeitig bekannt ist, wird schrittweise nachgereicht. Eine verspätete Meldung sagt, warum.

## Danach

Binnen zwei Wochen blicken alle Beteiligten zurück: auf die Ursache, auf das Gelungene, auf das Misslungene und auf die Maßnahmen, die sich ändern. Jede Änderung hat eine zuständige Person und einen Tag. Die Verletzung bleibt im Verzeichnis, auch wenn niemand zu unterrichten war.

## Übungen

Mindestens einmal im Jahr wird mit diesem Plan ein erfundener Vorfall geübt, mit gemessenen Zeiten: bis zur Meldung im Haus, bis zur ersten Entscheidung, bis die Meldung an die Behörde fertig ist. Was dabei gelernt wird, ändert den Plan.`,
    },
  },
] as const satisfies readonly Template[]
