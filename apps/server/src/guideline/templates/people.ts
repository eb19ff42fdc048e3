import type { Template } from './template.ts'

/** Rules that everybody meets every day: passwords, privacy, the screen and the desk. */
export const peopleTemplates = [
  {
    id: 'passwords',
    title: { en: 'Guideline on passwords', de: 'Passwortrichtlinie' },
    about: { en: 'Length, storage, second factors, loss', de: 'Länge, Aufbewahrung, zweite Faktoren, Verlust' },
    measures: ['individual-accounts', 'password-manager'],
    text: {
      en: `## Purpose

Most break-ins begin with a password that was guessed, reused or given away. This guideline says how everybody at {{tenant}} chooses, keeps and uses passwords and other means of signing in. It applies to all staff, temporary workers and contractors, and to every system with which we work.

## Choosing a password

- Every password has at least 12 characters. A sentence or four unrelated words are easier to remember than signs and digits, and harder to guess.
- Every system has a password of its own. A password that is used privately is never used at work.
- Names, birthdays, keyboard patterns and words from our products are not used.
- A password is changed at once when somebody else may know it. It is not changed merely because time has passed.

## Keeping it

- Passwords are kept in the password manager that {{tenant}} provides, and nowhere else: not in browsers, mails, chats, tickets, source code or on paper.
- The password of the manager itself is known to its owner only and is used for nothing else.
- Shared accounts are the exception. Where a system has only one, its password lies in a shared folder of the manager, and it is changed when somebody leaves the group.

## Second factor

A second factor is switched on wherever a system offers it, and always for mail, source code, hosting, the password manager and administration. Security keys and passkeys are preferred to codes, codes from an app to text messages. Recovery codes lie in the password manager.

## Giving it away

Nobody asks for your password: neither colleagues nor administrators nor customers. Whoever asks is not entitled to it. Initial passwords are handed over separately from the name of the account and are changed at the first sign-in.

## Programs

Keys and tokens for programs are made for one purpose with the fewest rights, expire where the system allows it, and are stored in the secret store of the platform. A key that got into a repository counts as known to others and is replaced on the same day.`,
      de: `## Zweck

Die meisten Einbrüche beginnen mit einem Passwort, das erraten, mehrfach verwendet oder weitergegeben wurde. Diese Richtlinie regelt, wie alle bei {{tenant}} Passwörter und andere Anmeldemittel wählen, aufbewahren und benutzen. Sie gilt für alle Beschäftigten, für Aushilfen und Auftragnehmer und für jedes System, mit dem wir arbeiten.

## Ein Passwort wählen

- Jedes Passwort hat mindestens 12 Zeichen. Ein Satz oder vier Wörter ohne Zusammenhang sind leichter zu merken als Sonderzeichen und schwerer zu erraten.
- Jedes System hat ein eigenes Passwort. Privat genutzte Passwörter werden niemals dienstlich verwendet.
- Namen, Geburtstage, Tastaturmuster und Wörter aus unseren Produkten werden nicht verwendet.
- Ein Passwort wird sofort geändert, wenn jemand anderes es kennen könnte. Allein wegen Zeitablaufs wird es nicht geändert.

## Aufbewahren

- Passwörter werden im Passwortmanager aufbewahrt, den {{tenant}} bereitstellt, und nirgends sonst: nicht in Browsern, Nachrichten, Tickets, Quelltexten oder auf Papier.
- Das Passwort des Managers selbst kennt nur, wem es gehört; es wird für nichts anderes benutzt.
- Gemeinsame Konten sind die Ausnahme. Wo ein System nur eines hat, liegt das Passwort in einem geteilten Ordner des Managers und wird geändert, wenn jemand die Gruppe verlässt.

## Zweiter Faktor

Ein zweiter Faktor wird überall eingeschaltet, wo ein System ihn anbietet, und immer für Post, Quelltext, Hosting, Passwortmanager und Verwaltung. Sicherheitsschlüssel und Passkeys gehen vor Codes, Codes einer App vor Kurznachrichten. Wiederherstellungscodes liegen im Passwortmanager.

## Weitergabe

Niemand fragt Sie nach Ihrem Passwort: weder Kolleginnen und Kollegen noch die Verwaltung noch Kunden. Wer fragt, ist nicht berechtigt. Erstpasswörter werden getrennt vom Namen des Kontos übergeben und bei der ersten Anmeldung geändert.

## Programme

Schlüssel und Zugriffsmarken für Programme werden für einen Zweck und mit den geringsten Rechten erstellt, laufen ab, wo das System es zulässt, und liegen im Geheimnisspeicher der Plattform. Ein Schlüssel, der in ein Repository gelangt ist, gilt als bekannt und wird am selben Tag ersetzt.`,
    },
  },
  {
    id: 'privacy-and-security',
    title: { en: 'Guideline on privacy and security', de: 'Richtlinie zu Datenschutz und Informationssicherheit' },
    about: {
      en: 'The basic duties of everybody who works with data',
      de: 'Die Grundpflichten aller, die mit Daten arbeiten',
    },
    measures: ['security-policy', 'it-usage-policy', 'data-minimisation'],
    text: {
      en: `## Purpose

Our customers entrust us with data about people. {{tenant}} protects them as the General Data Protection Regulation demands and as our contracts promise. This guideline holds the duties that everybody has, whatever their work. Further guidelines say more about single subjects.

## Principles

- Personal data are processed only for the purpose for which we have them, and for customers only as they instructed us.
- We collect and keep as little as the purpose needs. What is no longer needed is deleted by the agreed periods.
- Access is given to whoever needs it for their work, and ends with that need.
- Nobody looks up people out of curiosity, in whatever system.

## Handling data

- Data of customers stay in the systems meant for them. They are not copied to private devices, private cloud storage or unapproved tools, nor entered into AI services that {{tenant}} has not approved.
- Tests use invented data. A copy of real data needs the written consent of the customer and is deleted afterwards.
- Files with personal data are sent encrypted, and the key travels by another way.
- Before data go to somebody new, whether a provider, an authority or a partner, the privacy contact is asked.

## Devices and remote work

- Work is done on devices that {{tenant}} manages: encrypted, updated, with a locked screen.
- At home and on the way nobody else sees the screen or hears the call. Public networks are used only through an encrypted connection.
- Software comes from its maker or the store of the system, and updates are installed without delay.

## Requests of people

Whoever asks what we know about them, or wants data corrected or deleted, uses a legal right with a deadline. Such a request is passed on to the privacy contact on the same day and is not answered by yourself.

## Confidentiality

What you learn at work stays confidential, also after you have left. Everybody signs this before they first see data, and is trained when they begin and every year.`,
      de: `## Zweck

Unsere Kunden vertrauen uns Daten über Menschen an. {{tenant}} schützt sie so, wie es die Datenschutz-Grundverordnung verlangt und wie unsere Verträge es zusagen. Diese Richtlinie enthält die Pflichten, die alle haben, gleich welcher Tätigkeit. Weitere Richtlinien regeln einzelne Themen genauer.

## Grundsätze

- Personenbezogene Daten werden nur für den Zweck verarbeitet, für den wir sie haben, und für Kunden nur nach deren Weisung.
- Wir erheben und behalten so wenig, wie der Zweck erfordert. Was nicht mehr gebraucht wird, wird nach den vereinbarten Fristen gelöscht.
- Zugriff erhält, wer ihn für seine Arbeit braucht; er endet mit diesem Bedarf.
- Niemand schlägt Menschen aus Neugier nach, gleich in welchem System.

## Umgang mit Daten

- Kundendaten bleiben in den dafür vorgesehenen Systemen. Sie werden nicht auf private Geräte, in private Speicherdienste oder in nicht freigegebene Werkzeuge kopiert und nicht in KI-Dienste eingegeben, die {{tenant}} nicht freigegeben hat.
- Getestet wird mit erfundenen Daten. Eine Kopie echter Daten braucht die schriftliche Zustimmung des Kunden und wird danach gelöscht.
- Dateien mit personenbezogenen Daten werden verschlüsselt übermittelt; der Schlüssel nimmt einen anderen Weg.
- Bevor Daten an eine neue Stelle gehen, ob Anbieter, Behörde oder Partner, wird die Ansprechstelle für Datenschutz gefragt.

## Geräte und mobiles Arbeiten

- Gearbeitet wird auf Geräten, die {{tenant}} verwaltet: verschlüsselt, aktuell, mit gesperrtem Bildschirm.
- Zu Hause und unterwegs sieht niemand den Bildschirm ein und hört niemand Gespräche mit. Öffentliche Netze werden nur über eine verschlüsselte Verbindung genutzt.
- Programme stammen vom Hersteller oder aus dem Verzeichnis des Systems; Aktualisierungen werden unverzüglich eingespielt.

## Anliegen von Betroffenen

Wer wissen will, was wir gespeichert haben, oder eine Berichtigung oder Löschung verlangt, nutzt ein gesetzliches Recht mit Frist. Ein solches Anliegen wird noch am selben Tag an die Ansprechstelle für Datenschutz gegeben und nicht selbst beantwortet.

## Vertraulichkeit

Was Sie bei der Arbeit erfahren, bleibt vertraulich, auch nach Ihrem Ausscheiden. Alle unterschreiben dies, bevor sie erstmals Daten sehen, und werden zu Beginn und danach jedes Jahr geschult.`,
    },
  },
  {
    id: 'desktop-lock',
    title: { en: 'Guideline on locking the screen', de: 'Richtlinie zur Bildschirmsperre' },
    about: {
      en: 'Locking by hand and by itself, devices on the way, loss',
      de: 'Sperren von Hand und von selbst, Geräte unterwegs, Verlust',
    },
    measures: ['it-usage-policy'],
    text: {
      en: `## Purpose

An unlocked device gives whoever stands before it everything that you may see and do. This guideline says when and how devices are locked at {{tenant}}. It applies to computers, tablets and telephones with which work is done, at the office, at home and on the way.

## Locking by hand

- Whoever leaves their place locks the screen, also for a moment and also among colleagues.
- The shortcut is known and used: Windows key and L on Windows, Control, Command and Q on a Mac, the shortcut of the desktop on Linux.
- Whoever finds an unlocked device locks it and tells its user kindly.

## Locking by itself

- Every computer locks after at most 5 minutes without input, every telephone and tablet after at most 2 minutes.
- Unlocking needs a password, a code of at least 6 digits, a fingerprint or a face.
- The setting is made centrally where devices are managed, and is not weakened. Programs that keep a screen awake are used only while something is presented.
- Closing the lid locks the device.

## What a locked screen shows

Notifications on the locked screen show no content of messages. Assistants by voice cannot be used while the device is locked.

## Presentations and visitors

Before a screen is shared, programs with personal data are closed and notifications are switched off. Guests who need a device get one of their own or a guest account.

## On the way

Devices are never left in view in a car and not handed over as luggage. A privacy screen is used on trains and in public places. In hotels the device is kept in the safe or stays with you.

## Loss

A lost or stolen device is reported at once, at any hour: it is then locked or wiped from afar, and its sessions and keys are ended. Nobody is blamed for reporting a loss; the time until the report decides what can still be protected.`,
      de: `## Zweck

Ein nicht gesperrtes Gerät gibt allen, die davor stehen, alles preis, was Sie sehen und tun dürfen. Diese Richtlinie regelt, wann und wie Geräte bei {{tenant}} gesperrt werden. Sie gilt für Rechner, Tablets und Telefone, mit denen gearbeitet wird, im Büro, zu Hause und unterwegs.

## Sperren von Hand

- Wer den Platz verlässt, sperrt den Bildschirm, auch für einen Augenblick und auch im Kreis der Kolleginnen und Kollegen.
- Das Tastenkürzel ist bekannt und wird benutzt: Windows-Taste und L unter Windows, Control, Command und Q auf dem Mac, das Kürzel der Oberfläche unter Linux.
- Wer ein nicht gesperrtes Gerät findet, sperrt es und weist freundlich darauf hin.

## Sperren von selbst

- Jeder Rechner sperrt nach höchstens 5 Minuten ohne Eingabe, jedes Telefon und Tablet nach höchstens 2 Minuten.
- Zum Entsperren sind ein Passwort, ein Code aus mindestens 6 Ziffern, ein Fingerabdruck oder ein Gesicht nötig.
- Die Einstellung wird zentral vorgenommen, wo Geräte verwaltet werden, und nicht abgeschwächt. Programme, die einen Bildschirm wach halten, werden nur während eines Vortrags benutzt.
- Zuklappen sperrt das Gerät.

## Was ein gesperrter Bildschirm zeigt

Mitteilungen auf dem gesperrten Bildschirm zeigen keine Inhalte von Nachrichten. Sprachassistenten sind bei gesperrtem Gerät nicht nutzbar.

## Vorträge und Besuch

Bevor ein Bildschirm geteilt wird, werden Programme mit personenbezogenen Daten geschlossen und Mitteilungen abgeschaltet. Gäste, die ein Gerät brauchen, erhalten ein eigenes oder ein Gastkonto.

## Unterwegs

Geräte bleiben nie sichtbar im Auto und werden nicht als Gepäck aufgegeben. In Zügen und an öffentlichen Orten wird eine Sichtschutzfolie benutzt. In Hotels liegt das Gerät im Tresor oder bleibt bei Ihnen.

## Verlust

Ein verlorenes oder gestohlenes Gerät wird sofort gemeldet, zu jeder Stunde: Es wird dann aus der Ferne gesperrt oder gelöscht, und seine Sitzungen und Schlüssel werden beendet. Niemand hat wegen einer Meldung Nachteile; die Zeit bis zur Meldung entscheidet, was noch geschützt werden kann.`,
    },
  },
  {
    id: 'clean-desk',
    title: { en: 'Guideline on the clean desk', de: 'Richtlinie zum aufgeräumten Arbeitsplatz' },
    about: {
      en: 'Paper, media, printers, meeting rooms, destruction',
      de: 'Papier, Datenträger, Drucker, Besprechungsräume, Vernichtung',
    },
    measures: ['clean-desk', 'media-destruction', 'rooms-locked'],
    text: {
      en: `## Purpose

What lies open can be read, photographed or taken along by visitors, cleaners and passers-by. This guideline says how places of work at {{tenant}} are left, at the office and at home.

## At the desk

- Papers with personal or confidential data lie open only while somebody works with them.
- Whoever leaves for more than a short break puts them into a drawer or cabinet. At the end of the day the desk is empty and the cabinet locked.
- Passwords, codes and keys are never written on notes at the screen, under the keyboard or on the pinboard.
- Keys of cabinets do not stay in the lock. Keys and access media are carried along.

## Printers and post

- Print only what is needed on paper, and fetch it at once. What is found at the printer goes to its owner or into the shredder.
- Post with personal data is not left open in shared trays.

## Meeting rooms and boards

After a meeting, boards are wiped, flip charts are taken along and papers are cleared away. Pictures of boards are stored where their content belongs, and are deleted from the telephone.

## Media

- Memory sticks, external disks and backup media are encrypted and locked away.
- Media that were found or given away by others are not plugged in but handed to the contact named below.

## Destruction

- Paper with personal data is shredded in small particles (security level P-4 of DIN 66399 or better) or put into the locked container of a certified service, never into the waste paper.
- Media are erased by a recognised procedure or destroyed, and a record of it is kept.

## Rooms

Whoever leaves a room last closes the windows and locks the door. Visitors are met at the entrance and are not left alone where data are processed.

## At home

The same holds at home: papers are locked away from family and guests, are brought back to the office for destruction, and are not carried around without need.`,
      de: `## Zweck

Was offen liegt, können Gäste, Reinigungskräfte und Vorübergehende lesen, fotografieren oder mitnehmen. Diese Richtlinie regelt, wie Arbeitsplätze bei {{tenant}} hinterlassen werden, im Büro und zu Hause.

## Am Schreibtisch

- Unterlagen mit personenbezogenen oder vertraulichen Daten liegen nur offen, solange damit gearbeitet wird.
- Wer länger als für eine kurze Pause geht, legt sie in eine Schublade oder einen Schrank. Am Ende des Tages ist der Schreibtisch leer und der Schrank verschlossen.
- Passwörter, Codes und Schlüssel stehen nie auf Zetteln am Bildschirm, unter der Tastatur oder an der Pinnwand.
- Schrankschlüssel bleiben nicht im Schloss. Schlüssel und Zutrittsmedien werden mitgenommen.

## Drucker und Post

- Gedruckt wird nur, was auf Papier gebraucht wird; Ausdrucke werden sofort abgeholt. Was am Drucker liegen blieb, geht an den Absender oder in den Aktenvernichter.
- Post mit personenbezogenen Daten bleibt nicht offen in gemeinsamen Ablagen liegen.

## Besprechungsräume und Tafeln

Nach einer Besprechung werden Tafeln gewischt, Flipchartblätter mitgenommen und Unterlagen weggeräumt. Bilder von Tafeln werden dort abgelegt, wohin ihr Inhalt gehört, und vom Telefon gelöscht.

## Datenträger

- Speichersticks, externe Festplatten und Sicherungsmedien sind verschlüsselt und werden verschlossen aufbewahrt.
- Gefundene oder von Fremden überlassene Datenträger werden nicht angeschlossen, sondern der unten genannten Ansprechstelle gegeben.

## Vernichtung

- Papier mit personenbezogenen Daten wird in kleine Teile zerkleinert (Sicherheitsstufe P-4 nach DIN 66399 oder besser) oder in den verschlossenen Behälter eines zertifizierten Dienstes gegeben, niemals zum Altpapier.
- Datenträger werden nach einem anerkannten Verfahren gelöscht oder zerstört; darüber wird ein Nachweis geführt.

## Räume

Wer einen Raum zuletzt verlässt, schließt die Fenster und verschließt die Tür. Besuch wird am Eingang abgeholt und dort, wo Daten verarbeitet werden, nicht allein gelassen.

## Zu Hause

Dasselbe gilt zu Hause: Unterlagen werden vor Familie und Gästen verschlossen, zur Vernichtung ins Büro gebracht und nicht ohne Not mitgeführt.`,
    },
  },
] as const satisfies readonly Template[]
