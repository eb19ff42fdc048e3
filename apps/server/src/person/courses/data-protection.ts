import type { ShippedCourse } from './course.ts'

/** Data protection for everybody who works with personal data. */
export const dataProtection: ShippedCourse = {
  key: 'data-protection',
  version: '1',
  minutes: 30,
  title: { en: 'Data protection at work', de: 'Datenschutz bei der Arbeit' },
  about: {
    en: 'What personal data are, when they may be used, what to do with requests and mistakes. For everybody.',
    de: 'Was personenbezogene Daten sind, wann sie verwendet werden dürfen, was bei Anfragen und Fehlern zu tun ist. Für alle.',
  },
  lessons: [
    {
      title: { en: 'What personal data are', de: 'Was personenbezogene Daten sind' },
      body: {
        en: `Personal data are everything that relates to a person who is identified or can be identified (Art. 4(1) GDPR). A name is enough, but it takes none: a customer number, an IP address, a licence plate, a voice or a device id point to somebody, too, if anybody can find out whom.

Data under a pseudonym, such as "user 4711", stay personal data as long as someone holds the key. Only what cannot be traced to anybody by any means that are reasonably likely is anonymous. Removing a name is rarely enough: date of birth, postcode and sex together single out most people.

Some data are protected more (Art. 9): health, religion, ethnic origin, political opinion, trade union membership, sexual life, biometric and genetic data. A sick note, a note on a diet for religious reasons, a photo used for face recognition belong here. Do not collect them unless you were told exactly why that is allowed.

- Ask yourself: could somebody, somewhere, work out who this is about?
- If in doubt, treat it as personal data.`,
        de: `Personenbezogene Daten sind alles, was sich auf eine bestimmte oder bestimmbare Person bezieht (Art. 4 Nr. 1 DSGVO). Ein Name genügt, ist aber nicht nötig: Auch eine Kundennummer, eine IP-Adresse, ein Kennzeichen, eine Stimme oder eine Gerätekennung führen zu jemandem, wenn irgendwer herausfinden kann, zu wem.

Daten unter einem Pseudonym wie „Nutzer 4711“ bleiben personenbezogen, solange jemand den Schlüssel hat. Anonym ist nur, was mit keinem Mittel, das nach allgemeinem Ermessen wahrscheinlich genutzt wird, jemandem zuzuordnen ist. Den Namen zu entfernen, genügt selten: Geburtsdatum, Postleitzahl und Geschlecht zusammen bezeichnen die meisten Menschen eindeutig.

Manche Daten sind stärker geschützt (Art. 9): Gesundheit, Religion, ethnische Herkunft, politische Meinung, Gewerkschaftszugehörigkeit, Sexualleben, biometrische und genetische Daten. Eine Krankmeldung, ein Hinweis auf Essen aus religiösen Gründen, ein Foto zur Gesichtserkennung gehören dazu. Erheben Sie so etwas nur, wenn Ihnen genau gesagt wurde, warum es erlaubt ist.

- Fragen Sie sich: Könnte irgendjemand herausfinden, um wen es geht?
- Im Zweifel behandeln Sie es als personenbezogen.`,
      },
    },
    {
      title: { en: 'When data may be used', de: 'Wann Daten verwendet werden dürfen' },
      body: {
        en: `Processing is everything that is done with data: collecting, reading, storing, sending, deleting. It is forbidden unless one of six grounds of Art. 6 GDPR allows it: consent, a contract with the person, a legal obligation, vital interests, a public task, or a legitimate interest that outweighs those of the person.

Most daily work rests on a contract or a legal obligation. Consent is the exception: it must be free, informed, for a certain purpose, as easy to withdraw as to give, and you must be able to prove it. An employee's consent is seldom free.

The principles of Art. 5 hold in every case:

- Purpose: data collected for one purpose are not used for another one that people would not expect.
- Minimisation: only what is needed, not what might come in handy.
- Accuracy: what is wrong is corrected or deleted.
- Storage limitation: what is no longer needed is deleted.
- Integrity and confidentiality: protected against loss and against eyes it is not meant for.
- Accountability: we must be able to show all of this.

You need not know the ground for everything by heart. You need to know that there must be one, and whom to ask before you begin something new.`,
        de: `Verarbeitung ist alles, was mit Daten geschieht: erheben, lesen, speichern, senden, löschen. Sie ist verboten, außer eine von sechs Grundlagen aus Art. 6 DSGVO erlaubt sie: Einwilligung, ein Vertrag mit der Person, eine rechtliche Verpflichtung, lebenswichtige Interessen, eine öffentliche Aufgabe oder ein berechtigtes Interesse, das die Interessen der Person überwiegt.

Das meiste im Alltag beruht auf einem Vertrag oder einer rechtlichen Verpflichtung. Die Einwilligung ist die Ausnahme: Sie muss freiwillig, informiert und für einen bestimmten Zweck gegeben sein, so leicht zu widerrufen wie zu erteilen, und wir müssen sie nachweisen können. Im Beschäftigungsverhältnis ist sie selten freiwillig.

Die Grundsätze aus Art. 5 gelten immer:

- Zweckbindung: Was für einen Zweck erhoben wurde, wird nicht für einen anderen verwendet, mit dem niemand rechnet.
- Datenminimierung: nur was nötig ist, nicht was irgendwann nützlich sein könnte.
- Richtigkeit: Falsches wird berichtigt oder gelöscht.
- Speicherbegrenzung: Was nicht mehr nötig ist, wird gelöscht.
- Integrität und Vertraulichkeit: geschützt gegen Verlust und gegen Augen, für die es nicht bestimmt ist.
- Rechenschaftspflicht: Wir müssen all das zeigen können.

Sie müssen nicht jede Grundlage auswendig wissen. Sie müssen wissen, dass es eine geben muss, und wen Sie fragen, bevor Sie etwas Neues beginnen.`,
      },
    },
    {
      title: { en: 'Working for customers: instructions', de: 'Arbeiten im Auftrag: Weisungen' },
      body: {
        en: `Whoever decides why and how data are processed is the controller. Whoever processes data for a controller is a processor (Art. 28). When our customers store their data in our product, they are the controllers and we are the processor: the data are not ours.

That has consequences for each of us:

- We use customers' data on documented instructions only: for the service that was agreed, for support that was asked for, and for nothing else. Not to try something out, not for a demonstration, not out of curiosity.
- No copy of customers' data goes to test systems, to our own laptop, to a chat, or into an online tool.
- Another company that helps us with these data is a sub-processor. It may be used only with an agreement and after the customer was told. Signing up for a free online service and pasting data into it is exactly that.
- Whoever may access such data is bound to confidentiality, and stays bound after the work ends (Art. 28(3)(b)).

If an instruction seems to break the law, say so to the person responsible before you carry it out.`,
        de: `Wer entscheidet, warum und wie Daten verarbeitet werden, ist verantwortlich. Wer Daten für einen Verantwortlichen verarbeitet, ist Auftragsverarbeiter (Art. 28). Wenn Kunden ihre Daten in unserem Produkt speichern, sind sie die Verantwortlichen und wir die Auftragsverarbeiter: Die Daten gehören nicht uns.

Das hat Folgen für uns alle:

- Wir verwenden Daten von Kunden nur nach dokumentierter Weisung: für die vereinbarte Leistung, für Hilfe, um die gebeten wurde, und für nichts anderes. Nicht um etwas auszuprobieren, nicht für eine Vorführung, nicht aus Neugier.
- Keine Kopie von Kundendaten gelangt auf Testsysteme, auf den eigenen Laptop, in einen Chat oder in ein Online-Werkzeug.
- Ein anderes Unternehmen, das uns mit diesen Daten hilft, ist ein Unterauftragsverarbeiter. Es darf nur mit Vertrag eingesetzt werden und erst, nachdem der Kunde davon weiß. Sich bei einem kostenlosen Online-Dienst anzumelden und Daten hineinzukopieren, ist genau das.
- Wer auf solche Daten zugreifen darf, ist zur Vertraulichkeit verpflichtet und bleibt es nach dem Ende der Tätigkeit (Art. 28 Abs. 3 lit. b).

Scheint eine Weisung gegen das Recht zu verstoßen, sagen Sie das der zuständigen Person, bevor Sie sie ausführen.`,
      },
    },
    {
      title: { en: 'Rights of the people concerned', de: 'Rechte der betroffenen Personen' },
      body: {
        en: `Everybody may ask what we store about them and get a copy (Art. 15), have it corrected (Art. 16) or deleted (Art. 17), have its use restricted (Art. 18), take it along (Art. 20), and object (Art. 21). We have one month to answer; in complex cases two more, if we say so within the first.

A request needs no form and no magic word. "What do you have on me?" in a support ticket, on the telephone or in a chat is a request under Art. 15, and the month begins that day, whoever received it.

- Pass it on the same day to whoever handles such requests. Do not answer it on your own, and do not let it lie until somebody is back from holiday.
- Where a customer's user asks us, the customer answers: we pass the request on to the customer without delay.
- Make sure who is asking before anything is handed out, and do not ask for more than is needed: usually the known mail address is enough, and a copy of an identity card is not.
- A copy must not tell about other people.

Deleting has limits: invoices must be kept for years because the law says so. That, too, is part of the answer.`,
        de: `Jeder darf fragen, was wir über ihn speichern, und eine Kopie verlangen (Art. 15), Berichtigung (Art. 16) oder Löschung (Art. 17), Einschränkung (Art. 18), die Daten mitnehmen (Art. 20) und widersprechen (Art. 21). Wir haben einen Monat Zeit für die Antwort, in schwierigen Fällen zwei weitere, wenn wir das im ersten sagen.

Eine Anfrage braucht keine Form und kein Zauberwort. „Was haben Sie über mich?“ in einem Support-Ticket, am Telefon oder im Chat ist eine Anfrage nach Art. 15, und der Monat beginnt an diesem Tag, gleich wer sie erhalten hat.

- Geben Sie sie noch am selben Tag an die Stelle weiter, die solche Anfragen bearbeitet. Antworten Sie nicht auf eigene Faust, und lassen Sie nichts liegen, bis jemand aus dem Urlaub zurück ist.
- Fragt uns jemand, der das Produkt bei einem Kunden nutzt, antwortet der Kunde: Wir geben die Anfrage unverzüglich an ihn weiter.
- Stellen Sie fest, wer fragt, bevor etwas herausgegeben wird, und verlangen Sie nicht mehr als nötig: Meist genügt die bekannte E-Mail-Adresse, eine Ausweiskopie braucht es nicht.
- Eine Kopie darf nichts über andere verraten.

Löschen hat Grenzen: Rechnungen müssen nach dem Gesetz jahrelang aufbewahrt werden. Auch das gehört in die Antwort.`,
      },
    },
    {
      title: { en: 'When something goes wrong', de: 'Wenn etwas schiefgeht' },
      body: {
        en: `A personal data breach is more than an attack. It is each event in which personal data are lost, changed, disclosed or accessed without being meant to be (Art. 4(12)): a mail to the wrong person, a lost telephone, an open folder on the web, a backup that cannot be read, a colleague who looked at records out of curiosity.

The clock is short. A controller must tell the authority within 72 hours of becoming aware (Art. 33(1)). As a processor we must tell our customers without undue delay (Art. 33(2)), because their 72 hours depend on us. If the risk for people is high, they are told, too (Art. 34).

So what you do in the first hour counts most:

- Report it at once, also if you are not sure, also if it was your mistake, also at the weekend. Nobody is blamed for reporting; keeping quiet is what does harm.
- Do not try to make it undone alone. Do not delete traces, logs or the mail that you sent.
- Note what happened, when, and which data it was about.
- Leave it to the people responsible to decide whether it is a breach and who is told.

The wrong recipient of a mail is asked to delete it and to confirm that. That alone does not end the matter.`,
        de: `Eine Verletzung des Schutzes personenbezogener Daten ist mehr als ein Angriff. Sie ist jedes Ereignis, bei dem personenbezogene Daten verloren gehen, verändert, offengelegt oder eingesehen werden, ohne dass das so sein soll (Art. 4 Nr. 12): eine Mail an die falsche Person, ein verlorenes Telefon, ein offener Ordner im Netz, eine unlesbare Sicherung, eine Kollegin, die aus Neugier in Akten sieht.

Die Zeit ist knapp. Verantwortliche müssen der Behörde binnen 72 Stunden melden, nachdem sie davon erfahren haben (Art. 33 Abs. 1). Als Auftragsverarbeiter müssen wir es unseren Kunden unverzüglich melden (Art. 33 Abs. 2), denn deren 72 Stunden hängen von uns ab. Ist das Risiko für Menschen hoch, werden auch sie benachrichtigt (Art. 34).

Deshalb zählt vor allem, was Sie in der ersten Stunde tun:

- Melden Sie es sofort, auch wenn Sie unsicher sind, auch wenn es Ihr eigener Fehler war, auch am Wochenende. Niemandem wird eine Meldung vorgeworfen; Schaden richtet das Schweigen an.
- Versuchen Sie nicht, es allein ungeschehen zu machen. Löschen Sie keine Spuren, keine Protokolle und nicht die Mail, die Sie gesendet haben.
- Notieren Sie, was geschehen ist, wann, und um welche Daten es geht.
- Ob es eine Verletzung ist und wer benachrichtigt wird, entscheiden die Zuständigen.

Wer eine Mail irrtümlich erhalten hat, wird gebeten, sie zu löschen und das zu bestätigen. Damit allein ist es nicht erledigt.`,
      },
    },
    {
      title: { en: 'Passwords, mail and deceit', de: 'Passwörter, Mail und Täuschung' },
      body: {
        en: `Most attacks do not break a door; they ask somebody to open it. A mail in the name of the boss, a call from "support", a parcel notice with a link: they press for time, flatter or frighten, so that you do not think.

- Look at the sender's whole address and at where a link leads before you follow it. Type addresses that matter yourself, or use the bookmark.
- Nobody of us asks for your password or for a code of your second factor, on no channel. Whoever does is an attacker.
- A change of bank details, an urgent payment, a request for a list of employees: ask back on a way that you know already, for example by telephone, and not by answering the mail.
- If you clicked, say so at once. An hour later is an hour too late; a false alarm costs nothing.

One long password of its own for each service, kept in the password safe, is worth more than a complicated one that you use everywhere. Switch on a second factor wherever there is one; a passkey or a security key cannot be tricked out of you by a false page. Do not share accounts, and do not write passwords into chats, tickets or code.

When you send data, check the recipient twice, put several recipients who do not know each other into BCC, and encrypt what is confidential or send a link that asks for a sign-in.`,
        de: `Die meisten Angriffe brechen keine Tür auf; sie bitten jemanden, sie zu öffnen. Eine Mail im Namen der Chefin, ein Anruf vom „Support“, eine Paketnachricht mit Link: Sie drängen, schmeicheln oder ängstigen, damit Sie nicht nachdenken.

- Sehen Sie auf die ganze Adresse des Absenders und darauf, wohin ein Link führt, bevor Sie ihm folgen. Wichtige Adressen tippen Sie selbst oder nehmen das Lesezeichen.
- Niemand von uns fragt nach Ihrem Passwort oder nach einem Code Ihres zweiten Faktors, auf keinem Weg. Wer das tut, greift an.
- Eine geänderte Bankverbindung, eine eilige Zahlung, die Bitte um eine Liste der Beschäftigten: Fragen Sie auf einem Weg nach, den Sie schon kennen, etwa am Telefon, und nicht durch Antworten auf die Mail.
- Haben Sie geklickt, sagen Sie es sofort. Eine Stunde später ist eine Stunde zu spät; ein Fehlalarm kostet nichts.

Ein langes, eigenes Passwort für jeden Dienst, im Passwortsafe verwahrt, ist mehr wert als ein kompliziertes, das überall gilt. Schalten Sie den zweiten Faktor ein, wo es einen gibt; einen Passkey oder Sicherheitsschlüssel kann Ihnen eine falsche Seite nicht ablisten. Teilen Sie keine Konten, und schreiben Sie keine Passwörter in Chats, Tickets oder Code.

Wenn Sie Daten versenden, prüfen Sie den Empfänger zweimal, setzen Sie mehrere Empfänger, die einander nicht kennen, ins BCC, und verschlüsseln Sie Vertrauliches oder senden Sie einen Link, der eine Anmeldung verlangt.`,
      },
    },
    {
      title: { en: 'At the desk, at home, on the train', de: 'Am Schreibtisch, zu Hause, im Zug' },
      body: {
        en: `Data protection is also a matter of walls, screens and paper.

- Lock the screen whenever you get up, also for a minute. Set it to lock by itself.
- In the evening nothing confidential lies on the desk, the whiteboard is wiped, and printouts are fetched at once.
- Paper with personal data goes into the shredder or the locked container, never into the waste paper.
- Visitors are met, accompanied and seen off. Whoever walks about alone and unknown is asked kindly where they want to go.
- Keys and cards are not lent. A lost one is reported at once, so that it can be blocked.

On the train and in the café others read and listen. Use a privacy filter, do not telephone about customers by name, and never leave the device alone. At home the family does not use the working device, and conversations about customers are not for the kitchen.

Devices are encrypted, kept up to date and used with the programs that are approved. Private online storage, private messengers and private mail accounts are no place for the data of others, not even "just for now". An AI assistant or a translation page is an online service like any other: put in personal data only if it is on the list of what we may use for that.`,
        de: `Datenschutz ist auch eine Frage von Wänden, Bildschirmen und Papier.

- Sperren Sie den Bildschirm, sobald Sie aufstehen, auch für eine Minute. Stellen Sie ein, dass er sich selbst sperrt.
- Am Abend liegt nichts Vertrauliches auf dem Tisch, die Tafel ist gewischt, und Ausdrucke werden sofort geholt.
- Papier mit personenbezogenen Daten kommt in den Aktenvernichter oder den verschlossenen Behälter, nie ins Altpapier.
- Besuch wird abgeholt, begleitet und hinausgebracht. Wer allein und unbekannt umhergeht, wird freundlich gefragt, wohin er möchte.
- Schlüssel und Karten werden nicht verliehen. Ein Verlust wird sofort gemeldet, damit gesperrt werden kann.

Im Zug und im Café lesen und hören andere mit. Nutzen Sie eine Blickschutzfolie, telefonieren Sie nicht mit Namen über Kunden, und lassen Sie das Gerät nie allein. Zu Hause nutzt die Familie das Dienstgerät nicht, und Gespräche über Kunden gehören nicht in die Küche.

Geräte sind verschlüsselt, aktuell und werden mit freigegebenen Programmen genutzt. Privater Online-Speicher, private Messenger und private Mailkonten sind kein Ort für Daten anderer, auch nicht „nur kurz“. Ein KI-Assistent oder eine Übersetzungsseite ist ein Online-Dienst wie jeder andere: Geben Sie personenbezogene Daten nur ein, wenn er dafür freigegeben ist.`,
      },
    },
    {
      title: { en: 'Deleting, and what comes next', de: 'Löschen, und wie es weitergeht' },
      body: {
        en: `Data that are not there cannot be stolen, lost or handed out by mistake. Deleting is part of the work, not something for a quiet year.

- Each kind of data has a period after which it is deleted. If you do not know it, ask for the deletion concept.
- Your own folders, downloads, chats and mailboxes count, too. An export made for one task is deleted when the task is done.
- Deleting means everywhere: also from the shared folder, the test system and the printout. Backups expire by their own schedule.
- Old devices, disks and sticks are handed in. They are erased or destroyed with proof, and never simply passed on.

Before something new begins (a tool, a form, a list, an evaluation) ask four questions: What for? On what ground? Who sees it? When is it deleted? Privacy by design (Art. 25) means that the answer is known before the first entry, and that the default is the one that shows least. If it could be risky for people, for example by watching or rating them, an impact assessment comes first (Art. 35), and the works council has a say where employees are concerned.

You have finished the lessons. Ten questions follow. Who answers eight of them rightly has passed; the certificate counts for as long as your organisation says, usually a year.`,
        de: `Daten, die nicht da sind, kann niemand stehlen, verlieren oder versehentlich herausgeben. Löschen gehört zur Arbeit und ist nichts für ein ruhiges Jahr.

- Jede Art von Daten hat eine Frist, nach der sie gelöscht wird. Kennen Sie sie nicht, fragen Sie nach dem Löschkonzept.
- Auch Ihre eigenen Ordner, Downloads, Chats und Postfächer zählen. Eine Ausleitung für eine Aufgabe wird gelöscht, wenn die Aufgabe erledigt ist.
- Löschen heißt überall: auch im gemeinsamen Ordner, auf dem Testsystem und auf Papier. Sicherungen laufen nach eigenem Plan ab.
- Alte Geräte, Platten und Sticks werden abgegeben. Sie werden nachweislich gelöscht oder vernichtet und nie einfach weitergegeben.

Bevor etwas Neues beginnt (ein Werkzeug, ein Formular, eine Liste, eine Auswertung), stellen Sie vier Fragen: Wozu? Auf welcher Grundlage? Wer sieht es? Wann wird es gelöscht? Datenschutz durch Technikgestaltung (Art. 25) heißt, dass die Antwort vor dem ersten Eintrag bekannt ist und dass die Voreinstellung am wenigsten zeigt. Könnte es für Menschen riskant sein, etwa weil sie beobachtet oder bewertet werden, kommt zuerst eine Folgenabschätzung (Art. 35), und bei Beschäftigten bestimmt der Betriebsrat mit.

Sie haben die Lektionen beendet. Es folgen zehn Fragen. Wer acht davon richtig beantwortet, hat bestanden; das Zertifikat gilt so lange, wie Ihre Organisation es festlegt, meist ein Jahr.`,
      },
    },
  ],
  questions: [
    {
      id: 'dp-1',
      ask: { en: 'Which of these is personal data?', de: 'Was davon ist ein personenbezogenes Datum?' },
      answers: [
        {
          en: 'A device id from which the vendor can work out the user',
          de: 'Eine Gerätekennung, aus der der Hersteller den Nutzer ermitteln kann',
        },
        {
          en: 'The number of visitors of a web page in a year',
          de: 'Die Zahl der Besuche einer Webseite in einem Jahr',
        },
        { en: 'The company name of a public limited company', de: 'Die Firma einer Aktiengesellschaft' },
        { en: 'The temperature in the server room', de: 'Die Temperatur im Serverraum' },
      ],
      why: {
        en: 'It is enough that somebody can find out whom the data relate to (Art. 4(1)).',
        de: 'Es genügt, dass jemand herausfinden kann, auf wen sich die Daten beziehen (Art. 4 Nr. 1).',
      },
    },
    {
      id: 'dp-2',
      ask: {
        en: 'Names in a table were replaced by numbers; a colleague keeps the list of numbers. The table is …',
        de: 'In einer Tabelle wurden Namen durch Nummern ersetzt; eine Kollegin verwahrt die Liste der Nummern. Die Tabelle ist …',
      },
      answers: [
        { en: 'pseudonymised, and still personal data', de: 'pseudonymisiert und weiterhin personenbezogen' },
        { en: 'anonymous, so the GDPR does not apply', de: 'anonym, die DSGVO gilt also nicht' },
        { en: 'anonymous as long as the list is encrypted', de: 'anonym, solange die Liste verschlüsselt ist' },
        { en: 'no longer worth protecting', de: 'nicht mehr schützenswert' },
      ],
      why: {
        en: 'As long as there is a key, a pseudonym leads back to the person.',
        de: 'Solange es einen Schlüssel gibt, führt ein Pseudonym zur Person zurück.',
      },
    },
    {
      id: 'dp-3',
      ask: {
        en: 'You would like to use customers’ data, stored in our product on their behalf, to try out a new feature. You …',
        de: 'Sie möchten Daten von Kunden, die in unserem Produkt in deren Auftrag gespeichert sind, für einen Versuch mit einer neuen Funktion verwenden. Sie …',
      },
      answers: [
        {
          en: 'do not: it is not covered by the customers’ instructions',
          de: 'tun es nicht: Das ist von den Weisungen der Kunden nicht gedeckt',
        },
        { en: 'do it, because we have the data anyway', de: 'tun es, weil wir die Daten ohnehin haben' },
        { en: 'do it on a test system only', de: 'tun es nur auf einem Testsystem' },
        { en: 'do it after removing the names', de: 'tun es, nachdem die Namen entfernt sind' },
      ],
      why: {
        en: 'A processor acts on documented instructions only (Art. 28(3)(a)).',
        de: 'Auftragsverarbeiter handeln nur auf dokumentierte Weisung (Art. 28 Abs. 3 lit. a).',
      },
    },
    {
      id: 'dp-4',
      ask: {
        en: 'Somebody asks in the support chat: “What do you have stored about me?” What do you do?',
        de: 'Jemand fragt im Support-Chat: „Was haben Sie über mich gespeichert?“ Was tun Sie?',
      },
      answers: [
        {
          en: 'Pass it on the same day to whoever handles requests of data subjects',
          de: 'Noch am selben Tag an die Stelle weitergeben, die Betroffenenanfragen bearbeitet',
        },
        {
          en: 'Ask for the request in writing, with signature',
          de: 'Um einen schriftlichen, unterschriebenen Antrag bitten',
        },
        { en: 'Copy what you see in the system into the chat', de: 'Was Sie im System sehen, in den Chat kopieren' },
        { en: 'Nothing: a chat is no request', de: 'Nichts: Ein Chat ist keine Anfrage' },
      ],
      why: {
        en: 'A request needs no form; the month runs from the day it came in.',
        de: 'Eine Anfrage braucht keine Form; der Monat läuft ab dem Eingang.',
      },
    },
    {
      id: 'dp-5',
      ask: {
        en: 'You sent a list of customers to the wrong address. What comes first?',
        de: 'Sie haben eine Kundenliste an die falsche Adresse gesendet. Was kommt zuerst?',
      },
      answers: [
        { en: 'Report it at once', de: 'Es sofort melden' },
        { en: 'Delete the mail from the sent folder', de: 'Die Mail aus dem Ordner „Gesendet“ löschen' },
        { en: 'Wait whether the recipient writes back', de: 'Abwarten, ob der Empfänger antwortet' },
        { en: 'Nothing, if the recipient is trustworthy', de: 'Nichts, wenn der Empfänger vertrauenswürdig ist' },
      ],
      why: {
        en: 'The clock of Art. 33 runs, and others decide whether it is a breach.',
        de: 'Die Frist aus Art. 33 läuft, und ob es eine Verletzung ist, entscheiden andere.',
      },
    },
    {
      id: 'dp-6',
      ask: {
        en: 'Within what time must a controller tell the authority of a breach?',
        de: 'Binnen welcher Frist muss ein Verantwortlicher der Behörde eine Verletzung melden?',
      },
      answers: [
        { en: '72 hours after becoming aware', de: '72 Stunden, nachdem er davon erfahren hat' },
        { en: 'One month after it happened', de: 'Einen Monat, nachdem es geschehen ist' },
        { en: 'Seven working days after the analysis is finished', de: 'Sieben Werktage nach Ende der Untersuchung' },
        { en: 'With the next annual report', de: 'Mit dem nächsten Jahresbericht' },
      ],
      why: {
        en: 'Art. 33(1): without undue delay and, where feasible, within 72 hours.',
        de: 'Art. 33 Abs. 1: unverzüglich und möglichst binnen 72 Stunden.',
      },
    },
    {
      id: 'dp-7',
      ask: {
        en: 'Somebody from “IT support” calls and asks for the code that you have just received. You …',
        de: 'Jemand vom „IT-Support“ ruft an und fragt nach dem Code, den Sie gerade erhalten haben. Sie …',
      },
      answers: [
        { en: 'give no code, hang up and report the call', de: 'nennen keinen Code, legen auf und melden den Anruf' },
        { en: 'read out the first three digits only', de: 'lesen nur die ersten drei Ziffern vor' },
        { en: 'ask for the employee number first', de: 'fragen zuerst nach der Personalnummer' },
        { en: 'send it by mail, which is safer', de: 'senden ihn per Mail, das ist sicherer' },
      ],
      why: {
        en: 'Nobody of us ever asks for a code or a password.',
        de: 'Niemand von uns fragt je nach einem Code oder Passwort.',
      },
    },
    {
      id: 'dp-8',
      ask: {
        en: 'A colleague would like to translate a customer’s complaint with a free online service. What matters?',
        de: 'Ein Kollege möchte die Beschwerde eines Kunden mit einem kostenlosen Online-Dienst übersetzen. Worauf kommt es an?',
      },
      answers: [
        {
          en: 'Whether the service is approved for personal data, with an agreement',
          de: 'Ob der Dienst für personenbezogene Daten freigegeben ist, mit Vertrag',
        },
        { en: 'Whether the translation is good', de: 'Ob die Übersetzung gut ist' },
        { en: 'Whether the browser shows a lock', de: 'Ob der Browser ein Schloss zeigt' },
        { en: 'Whether the text is short', de: 'Ob der Text kurz ist' },
      ],
      why: {
        en: 'The provider would process the data for us: that takes an agreement (Art. 28).',
        de: 'Der Anbieter würde die Daten für uns verarbeiten: Dafür braucht es einen Vertrag (Art. 28).',
      },
    },
    {
      id: 'dp-9',
      ask: {
        en: 'You exported a list for an evaluation. The evaluation is done. The file …',
        de: 'Sie haben für eine Auswertung eine Liste ausgeleitet. Die Auswertung ist fertig. Die Datei …',
      },
      answers: [
        { en: 'is deleted wherever it lies', de: 'wird überall gelöscht, wo sie liegt' },
        { en: 'stays on the laptop for the next time', de: 'bleibt für das nächste Mal auf dem Laptop' },
        { en: 'is sent to the team as an archive', de: 'wird dem Team als Archiv gesendet' },
        { en: 'may stay, since the laptop is encrypted', de: 'darf bleiben, da der Laptop verschlüsselt ist' },
      ],
      why: {
        en: 'Data are kept only as long as their purpose needs them (Art. 5(1)(e)).',
        de: 'Daten werden nur so lange gespeichert, wie der Zweck es verlangt (Art. 5 Abs. 1 lit. e).',
      },
    },
    {
      id: 'dp-10',
      ask: {
        en: 'You plan a new form that asks applicants for their state of health. You …',
        de: 'Sie planen ein Formular, das Bewerberinnen und Bewerber nach ihrer Gesundheit fragt. Sie …',
      },
      answers: [
        {
          en: 'ask whoever is responsible for data protection before it goes online',
          de: 'fragen die für Datenschutz zuständige Person, bevor es online geht',
        },
        { en: 'make the field optional, then it is allowed', de: 'machen das Feld freiwillig, dann ist es erlaubt' },
        { en: 'put it online and delete the answers later', de: 'stellen es online und löschen die Antworten später' },
        {
          en: 'ask for consent with a box that is ticked already',
          de: 'holen die Einwilligung mit einem vorangekreuzten Kästchen ein',
        },
      ],
      why: {
        en: 'Health data are protected more (Art. 9); ground, purpose and deletion must be settled first.',
        de: 'Gesundheitsdaten sind besonders geschützt (Art. 9); Grundlage, Zweck und Löschung stehen vorher fest.',
      },
    },
  ],
}
