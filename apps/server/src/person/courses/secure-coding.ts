import type { ShippedCourse } from './course.ts'

/** Secure coding for everybody who writes, reviews or runs software. */
export const secureCoding: ShippedCourse = {
  key: 'secure-coding',
  version: '1',
  minutes: 35,
  title: { en: 'Secure coding', de: 'Sicher programmieren' },
  about: {
    en: 'How software is attacked and what keeps attackers out: input, access, secrets, dependencies, reviews. For everybody who develops.',
    de: 'Wie Software angegriffen wird und was Angreifer fernhält: Eingaben, Zugriff, Geheimnisse, Abhängigkeiten, Reviews. Für alle, die entwickeln.',
  },
  lessons: [
    {
      title: { en: 'Think like an attacker', de: 'Denken wie ein Angreifer' },
      body: {
        en: `An attacker does not use your program as you meant it. They change the address, repeat a request, leave out a step, send a list where you expect a number, and open the page of somebody else. So before code is written, ask for each new feature:

- What is valuable here, and for whom?
- Where does something come in that others control: forms, addresses, headers, files, webhooks, messages, data of a partner, and also our own database once a user wrote into it?
- Which boundary is crossed: browser to server, tenant to tenant, service to service?
- What would happen if this step were skipped, repeated, or done by somebody else?

Write the answers into the ticket, with a test for each misuse. That is threat modelling, and twenty minutes of it are cheaper than any patch. STRIDE helps the memory: spoofing, tampering, repudiation, information disclosure, denial of service, elevation of privilege.

Two principles carry far. Least privilege: each part may do only what it needs, so that a mistake stays small. Defence in depth: no single check is the last one. And a third for the end: fail closed. If a check cannot be made, the answer is no.`,
        de: `Wer angreift, benutzt Ihr Programm nicht so, wie es gedacht war. Er ändert die Adresse, wiederholt eine Anfrage, lässt einen Schritt aus, sendet eine Liste, wo Sie eine Zahl erwarten, und öffnet die Seite eines anderen. Fragen Sie deshalb bei jeder neuen Funktion, bevor Code entsteht:

- Was ist hier wertvoll, und für wen?
- Wo kommt etwas herein, das andere bestimmen: Formulare, Adressen, Header, Dateien, Webhooks, Nachrichten, Daten von Partnern und auch die eigene Datenbank, sobald Nutzer hineingeschrieben haben?
- Welche Grenze wird überschritten: Browser zu Server, Mandant zu Mandant, Dienst zu Dienst?
- Was geschähe, wenn dieser Schritt ausgelassen, wiederholt oder von jemand anderem getan würde?

Schreiben Sie die Antworten ins Ticket, mit einem Test für jeden Missbrauch. Das ist Bedrohungsmodellierung, und zwanzig Minuten davon sind billiger als jeder Patch. STRIDE hilft dem Gedächtnis: vorgetäuschte Identität, Manipulation, Abstreitbarkeit, Offenlegung, Überlastung, Rechteausweitung.

Zwei Grundsätze tragen weit. Geringste Rechte: Jedes Teil darf nur, was es braucht, damit ein Fehler klein bleibt. Gestaffelte Abwehr: Keine Prüfung ist die letzte. Und ein dritter zum Schluss: Im Zweifel zu. Kann eine Prüfung nicht stattfinden, heißt die Antwort nein.`,
      },
    },
    {
      title: { en: 'Input: check on the way in', de: 'Eingaben: beim Hereinkommen prüfen' },
      body: {
        en: `Everything that comes from outside is data of unknown shape until it was parsed. Parse it once, at the edge, into a type that cannot be wrong: a schema says which fields there are, how long, of what form, in what range. Unknown fields are refused, not ignored. Say what is allowed; a list of what is forbidden is never complete.

- Check on the server. What the browser checks is comfort for honest users.
- Set limits: length of texts, number of entries, depth of nesting, size of files, time. Otherwise one request costs as much as a thousand.
- Files are what their bytes say, not what their name or the sender says. Store them under names of your own, outside of the web root, and never let a path from outside decide where something is written ("../../etc/passwd").
- An address from outside that your server shall fetch can lead to your own internal services (SSRF). Allow known hosts, resolve the name yourself, and refuse private addresses, also after a redirect.
- Never turn bytes from outside into objects by means that can run code (pickle, native serialisation, YAML with types, eval). JSON with a schema is enough.

An error message for the user names the field and the remedy. It does not name tables, paths or versions.`,
        de: `Alles, was von außen kommt, sind Daten unbekannter Gestalt, bis sie gelesen und geprüft sind. Tun Sie das einmal, am Rand, und machen Sie daraus einen Typ, der nicht falsch sein kann: Ein Schema sagt, welche Felder es gibt, wie lang, in welcher Form, in welchem Bereich. Unbekannte Felder werden abgelehnt, nicht übersehen. Sagen Sie, was erlaubt ist; eine Liste des Verbotenen ist nie vollständig.

- Prüfen Sie auf dem Server. Was der Browser prüft, ist Komfort für ehrliche Nutzer.
- Setzen Sie Grenzen: Länge von Texten, Zahl der Einträge, Tiefe der Verschachtelung, Größe von Dateien, Zeit. Sonst kostet eine Anfrage so viel wie tausend.
- Dateien sind, was ihre Bytes sagen, nicht was ihr Name oder der Absender sagt. Speichern Sie sie unter eigenen Namen, außerhalb des Webverzeichnisses, und lassen Sie nie einen Pfad von außen entscheiden, wohin geschrieben wird („../../etc/passwd“).
- Eine Adresse von außen, die Ihr Server abrufen soll, kann zu eigenen internen Diensten führen (SSRF). Erlauben Sie bekannte Hosts, lösen Sie den Namen selbst auf, und lehnen Sie private Adressen ab, auch nach einer Umleitung.
- Machen Sie aus fremden Bytes nie Objekte auf Wegen, die Code ausführen können (pickle, native Serialisierung, YAML mit Typen, eval). JSON mit Schema genügt.

Eine Fehlermeldung für Nutzer nennt das Feld und die Abhilfe. Sie nennt keine Tabellen, Pfade oder Versionen.`,
      },
    },
    {
      title: { en: 'Injection: data are never code', de: 'Injection: Daten sind nie Code' },
      body: {
        en: `Injection happens where data are glued into a language: SQL, HTML, a shell, a template, LDAP, a log line, a spreadsheet. The cure is always the same: keep code and data apart.

- SQL: parameters, always. Names of tables and columns, which cannot be parameters, come from a fixed list. An object mapper does not help where a string is glued in beside it.
- HTML: let the framework escape, and do not go around it (innerHTML, dangerouslySetInnerHTML, v-html). What may be formatted by users goes through a sanitiser that is kept up to date. Addresses are checked for their scheme: "javascript:" is a link, too.
- Shell: call the program with a list of arguments, without a shell. Better still, use a library.
- Spreadsheets: a cell that begins with = + - @ is run as a formula by whoever opens the file. Put an apostrophe before it.
- Logs: line breaks in data forge entries. Log structured, as JSON.

A content security policy without 'unsafe-inline', cookies that are HttpOnly, Secure and SameSite, and database users with few rights make what slips through harmless, or at least smaller. They replace no escaping.

An instruction for a language model is no boundary either: text from outside can override it. Let a model never do more than the user in front of it may do.`,
        de: `Injection entsteht, wo Daten in eine Sprache geklebt werden: SQL, HTML, Shell, Vorlage, LDAP, Protokollzeile, Tabellenblatt. Das Mittel ist immer dasselbe: Code und Daten getrennt halten.

- SQL: immer Parameter. Namen von Tabellen und Spalten, die keine Parameter sein können, stammen aus einer festen Liste. Ein Object-Mapper hilft nicht, wo daneben ein Text eingeklebt wird.
- HTML: Lassen Sie das Framework maskieren und umgehen Sie es nicht (innerHTML, dangerouslySetInnerHTML, v-html). Was Nutzer formatieren dürfen, geht durch einen gepflegten Sanitizer. Bei Adressen wird das Schema geprüft: Auch „javascript:“ ist ein Link.
- Shell: Rufen Sie das Programm mit einer Liste von Argumenten auf, ohne Shell. Noch besser ist eine Bibliothek.
- Tabellen: Eine Zelle, die mit = + - @ beginnt, führt als Formel aus, wer die Datei öffnet. Setzen Sie einen Apostroph davor.
- Protokolle: Zeilenumbrüche in Daten fälschen Einträge. Protokollieren Sie strukturiert, als JSON.

Eine Content Security Policy ohne 'unsafe-inline', Cookies mit HttpOnly, Secure und SameSite und Datenbankbenutzer mit wenigen Rechten machen harmlos, was durchrutscht, oder wenigstens kleiner. Das Maskieren ersetzen sie nicht.

Auch eine Anweisung an ein Sprachmodell ist keine Grenze: Text von außen kann sie aushebeln. Lassen Sie ein Modell nie mehr tun, als die Person davor darf.`,
      },
    },
    {
      title: { en: 'Who may do that? Access control', de: 'Wer darf das? Zugriffskontrolle' },
      body: {
        en: `Broken access control is the most frequent serious fault of web applications. It is rarely missing everywhere; it is missing at one place that nobody thought of.

- Check each request on the server, also those that only a hidden button sends. Deny by default: an endpoint without a rule is closed.
- Check the object, not only the role: "may edit invoices" does not mean this invoice. Whoever counts up an id in the address must get nothing. Put the tenant or the owner into the query itself, so that it cannot be forgotten: where id = ? and tenant_id = ?.
- Random ids make guessing hard and replace no check.
- Answer "not found" rather than "forbidden" where even the existence tells something.
- Never take the role, the price or the account from what the browser sends. It is known on the server.
- What changes something needs more than a cookie: SameSite and a check of the origin, or a token, against requests from foreign pages (CSRF).
- Tests: for every endpoint another tenant's id, another person's id, too low a role, and nobody signed in. Let one table-driven test walk over all endpoints, so that a new one cannot be forgotten.

Sign-in is written by nobody themselves: use what the platform offers, with a second factor, rate limits, and sessions that end on the server.`,
        de: `Fehlerhafte Zugriffskontrolle ist der häufigste schwere Fehler von Webanwendungen. Sie fehlt selten überall; sie fehlt an einer Stelle, an die niemand gedacht hat.

- Prüfen Sie jede Anfrage auf dem Server, auch solche, die nur ein versteckter Knopf sendet. Verweigern ist die Voreinstellung: Ein Endpunkt ohne Regel ist geschlossen.
- Prüfen Sie das Objekt, nicht nur die Rolle: „Darf Rechnungen bearbeiten“ heißt nicht diese Rechnung. Wer in der Adresse eine Nummer hochzählt, darf nichts bekommen. Nehmen Sie Mandant oder Inhaber in die Abfrage selbst auf, dann kann es niemand vergessen: where id = ? and tenant_id = ?.
- Zufällige Kennungen erschweren das Raten und ersetzen keine Prüfung.
- Antworten Sie „nicht gefunden“ statt „verboten“, wo schon das Vorhandensein etwas verrät.
- Nehmen Sie Rolle, Preis oder Konto nie aus dem, was der Browser sendet. Der Server weiß es.
- Was etwas ändert, braucht mehr als ein Cookie: SameSite und eine Prüfung der Herkunft, oder ein Token, gegen Anfragen fremder Seiten (CSRF).
- Tests: für jeden Endpunkt die Kennung eines anderen Mandanten, die einer anderen Person, eine zu geringe Rolle und niemand angemeldet. Lassen Sie einen tabellengesteuerten Test über alle Endpunkte laufen, dann wird kein neuer vergessen.

Die Anmeldung schreibt niemand selbst: Nutzen Sie, was die Plattform bietet, mit zweitem Faktor, begrenzten Versuchen und Sitzungen, die auf dem Server enden.`,
      },
    },
    {
      title: { en: 'Secrets and cryptography', de: 'Geheimnisse und Kryptografie' },
      body: {
        en: `A secret in the repository is public from that moment: it is in every clone and in the history, also after it was deleted. Secrets come at run time from a vault or from the environment, one for each environment and each service, with few rights and an end.

- If one slipped in: revoke it first, then remove it, then report it. Rewriting the history comes last and alone is worth nothing.
- Nothing secret goes into logs, error messages, addresses, tickets or screenshots. A scanner in the pipeline finds what people overlook.
- Passwords of users are stored as argon2id (or scrypt, bcrypt) hashes with a salt each, never encrypted and never as plain SHA-256.
- Do not invent cryptography. Use the library's high-level functions: AES-GCM or ChaCha20-Poly1305 for encryption, Ed25519 for signatures, the operating system's generator for random values. Math.random() is no source of secrets.
- A nonce is used once per key. Compare secrets in constant time.
- TLS 1.2 or newer everywhere, also between our own services, and certificates are verified. Switching the check off "for the moment" is how it stays off.

Keys have an owner, a place apart from what they protect, and a way to change them that somebody has tried.`,
        de: `Ein Geheimnis im Repository ist von da an öffentlich: Es steht in jedem Klon und in der Historie, auch nachdem es gelöscht wurde. Geheimnisse kommen zur Laufzeit aus einem Tresor oder der Umgebung, je Umgebung und Dienst ein eigenes, mit wenigen Rechten und einem Ende.

- Ist eines hineingeraten: zuerst sperren, dann entfernen, dann melden. Die Historie umzuschreiben, kommt zuletzt und ist allein nichts wert.
- Nichts Geheimes steht in Protokollen, Fehlermeldungen, Adressen, Tickets oder Bildschirmfotos. Ein Scanner in der Pipeline findet, was Menschen übersehen.
- Passwörter von Nutzern werden als Hash mit argon2id (oder scrypt, bcrypt) und je eigenem Salt gespeichert, nie verschlüsselt und nie als einfaches SHA-256.
- Erfinden Sie keine Kryptografie. Nutzen Sie die fertigen Funktionen der Bibliothek: AES-GCM oder ChaCha20-Poly1305 zum Verschlüsseln, Ed25519 für Signaturen, den Generator des Betriebssystems für Zufallswerte. Math.random() taugt nicht für Geheimnisse.
- Eine Nonce gilt einmal je Schlüssel. Vergleichen Sie Geheimnisse in konstanter Zeit.
- TLS 1.2 oder neuer überall, auch zwischen eigenen Diensten, und Zertifikate werden geprüft. Die Prüfung „vorläufig“ abzuschalten, ist der Weg, auf dem sie abgeschaltet bleibt.

Schlüssel haben jemanden, der zuständig ist, einen Ort fern von dem, was sie schützen, und einen erprobten Weg, sie zu wechseln.`,
      },
    },
    {
      title: {
        en: 'What others wrote: dependencies and builds',
        de: 'Was andere schrieben: Abhängigkeiten und Builds',
      },
      body: {
        en: `Most of the code that we deliver was written by others. Each dependency is code that runs with our rights, and each of its maintainers is a colleague whom we do not know.

- Before adding one: Do we need it? Who maintains it, how lively is it, how many dependencies does it bring along? Read the name twice; attackers publish packages with one letter changed, and names that a language model invents.
- Pin versions with a lockfile and install from it. Updates come as a reviewed change, not by chance.
- Scan for known weaknesses with each build, and act on what is found: critical ones within days. A weakness that does not concern us is written down with its reason.
- Keep a bill of materials (SBOM) for each release. When the next big weakness is in the news, the question "do we have it, and where?" is answered in minutes.
- Install scripts of packages run on your machine and in the pipeline. Switch them off where you can.

The build pipeline holds the keys to production, so it is production. Its jobs get few rights and short-lived credentials, third-party actions are pinned to a hash, changes to it are reviewed as code, and what is delivered was built there and nowhere else.`,
        de: `Der meiste Code, den wir ausliefern, stammt von anderen. Jede Abhängigkeit ist Code, der mit unseren Rechten läuft, und wer sie pflegt, ist ein Kollege, den wir nicht kennen.

- Vor dem Hinzufügen: Brauchen wir sie? Wer pflegt sie, wie lebendig ist sie, wie viele weitere bringt sie mit? Lesen Sie den Namen zweimal; Angreifer veröffentlichen Pakete mit einem vertauschten Buchstaben und solche, deren Namen ein Sprachmodell erfindet.
- Legen Sie Versionen mit einer Lockdatei fest und installieren Sie daraus. Aktualisierungen kommen als geprüfte Änderung, nicht zufällig.
- Suchen Sie bei jedem Build nach bekannten Schwachstellen und handeln Sie danach: kritische binnen Tagen. Eine, die uns nicht betrifft, wird mit Begründung festgehalten.
- Führen Sie für jede Version eine Stückliste (SBOM). Steht die nächste große Schwachstelle in den Nachrichten, ist die Frage „Haben wir das, und wo?“ in Minuten beantwortet.
- Installationsskripte von Paketen laufen auf Ihrem Rechner und in der Pipeline. Schalten Sie sie ab, wo es geht.

Die Build-Pipeline hat die Schlüssel zur Produktion, also ist sie Produktion. Ihre Jobs erhalten wenige Rechte und kurzlebige Zugangsdaten, fremde Actions sind auf einen Hash festgelegt, Änderungen an ihr werden wie Code geprüft, und ausgeliefert wird nur, was dort gebaut wurde.`,
      },
    },
    {
      title: { en: 'Personal data in software', de: 'Personenbezogene Daten in Software' },
      body: {
        en: `Privacy by design and by default (Art. 25 GDPR) is decided in code, mostly in small decisions.

- Do not collect a field because it could be useful. Each one has a purpose, a period after which it is deleted, and somebody who is allowed to see it. Declare that where the field is declared.
- Identify by random ids. Names and mail addresses are no keys, no file names and no part of an address.
- Logs, metrics, traces and error reports contain no personal data: no bodies of requests, no tokens, no mail addresses. A closed list of fields is safer than a filter.
- No production data on test systems. Generate data, or mask them irreversibly before they leave production.
- Write deletion together with creation, and test it: rows, files, search index, cache, exports. What lies in backups expires with them, and a restore deletes it again.
- The default shows least: profiles private, sharing off, tracking off.
- Where something leaves the house (an e-mail service, a map, a font from a foreign server), data flow to somebody else. That is a decision for more people than you.

Separate tenants so that a forgotten condition harms nobody: databases, roles or keys of their own are stronger than a where clause. And make access visible: who read or changed what and when, without what was read.`,
        de: `Datenschutz durch Technikgestaltung und Voreinstellung (Art. 25 DSGVO) wird im Code entschieden, meist in kleinen Entscheidungen.

- Erheben Sie kein Feld, weil es nützlich sein könnte. Jedes hat einen Zweck, eine Frist bis zur Löschung und jemanden, der es sehen darf. Erklären Sie das dort, wo das Feld erklärt ist.
- Kennzeichnen Sie mit Zufallskennungen. Namen und E-Mail-Adressen sind keine Schlüssel, keine Dateinamen und kein Teil einer Adresse.
- Protokolle, Messwerte, Traces und Fehlerberichte enthalten keine personenbezogenen Daten: keine Inhalte von Anfragen, keine Token, keine E-Mail-Adressen. Eine geschlossene Liste von Feldern ist sicherer als ein Filter.
- Keine Produktionsdaten auf Testsystemen. Erzeugen Sie Daten, oder machen Sie sie unumkehrbar unkenntlich, bevor sie die Produktion verlassen.
- Schreiben Sie das Löschen zusammen mit dem Anlegen, und testen Sie es: Zeilen, Dateien, Suchindex, Zwischenspeicher, Ausleitungen. Was in Sicherungen liegt, läuft mit ihnen ab, und nach einer Wiederherstellung wird es erneut gelöscht.
- Die Voreinstellung zeigt am wenigsten: Profile privat, Teilen aus, Nachverfolgung aus.
- Wo etwas das Haus verlässt (ein Maildienst, eine Karte, eine Schrift von einem fremden Server), fließen Daten zu jemand anderem. Das entscheiden mehr Menschen als Sie.

Trennen Sie Mandanten so, dass eine vergessene Bedingung niemandem schadet: eigene Datenbanken, Rollen oder Schlüssel sind stärker als eine where-Klausel. Und machen Sie Zugriffe sichtbar: wer wann was gelesen oder geändert hat, ohne das Gelesene selbst.`,
      },
    },
    {
      title: { en: 'Review, test, release, respond', de: 'Prüfen, testen, ausliefern, reagieren' },
      body: {
        en: `Nobody merges their own work alone. A reviewer asks not only whether it works, but how it could be misused:

- Where does input come in, and is it checked there?
- Is the access of each new endpoint checked, on the object?
- What happens with an empty, a huge and a hostile value, and when something fails in the middle?
- Does something secret or personal get into a log or an answer?
- Is there a test that fails without the protection?

The pipeline does what people forget: type checks, linters with security rules, static analysis, scans of dependencies and secrets, tests. A red pipeline stops the release; a finding is mended or written down with a reason and an end, never muted silently.

Generated code is foreign code. Whoever takes it over answers for it: read it, test it, and check that the packages it names exist and are what they claim to be.

Release small and often, with the way back prepared. Say which versions get security fixes, and for how long.

If a weakness is reported: thank, confirm within a day or two, do not threaten, mend, publish, and tell the users what they have to do. A security.txt file shows the way. Afterwards ask why it was possible, and add the test that would have found it. If personal data could be concerned, it is reported at once: the clock of 72 hours does not wait for the patch.

Ten questions follow. Who answers eight rightly has passed.`,
        de: `Niemand führt die eigene Arbeit allein zusammen. Wer prüft, fragt nicht nur, ob es geht, sondern wie es missbraucht werden könnte:

- Wo kommen Eingaben herein, und werden sie dort geprüft?
- Wird der Zugriff jedes neuen Endpunkts geprüft, am Objekt?
- Was geschieht mit einem leeren, einem riesigen und einem feindlichen Wert, und wenn mittendrin etwas ausfällt?
- Gerät Geheimes oder Personenbezogenes in ein Protokoll oder eine Antwort?
- Gibt es einen Test, der ohne den Schutz fehlschlägt?

Die Pipeline tut, was Menschen vergessen: Typprüfung, Linter mit Sicherheitsregeln, statische Analyse, Suche nach Schwachstellen und Geheimnissen, Tests. Eine rote Pipeline hält die Auslieferung an; ein Fund wird behoben oder mit Begründung und Frist festgehalten, nie still abgeschaltet.

Erzeugter Code ist fremder Code. Wer ihn übernimmt, steht dafür ein: lesen, testen und prüfen, ob es die genannten Pakete gibt und ob sie sind, was sie behaupten.

Liefern Sie klein und oft aus, mit vorbereitetem Rückweg. Sagen Sie, welche Versionen wie lange Sicherheitskorrekturen erhalten.

Wird eine Schwachstelle gemeldet: danken, binnen ein bis zwei Tagen bestätigen, nicht drohen, beheben, veröffentlichen und den Nutzern sagen, was sie tun müssen. Eine Datei security.txt weist den Weg. Fragen Sie danach, warum es möglich war, und ergänzen Sie den Test, der es gefunden hätte. Könnten personenbezogene Daten betroffen sein, wird es sofort gemeldet: Die Frist von 72 Stunden wartet nicht auf den Patch.

Es folgen zehn Fragen. Wer acht richtig beantwortet, hat bestanden.`,
      },
    },
  ],
  questions: [
    {
      id: 'sc-1',
      ask: {
        en: 'Where must input be checked so that it protects?',
        de: 'Wo muss eine Eingabe geprüft werden, damit es schützt?',
      },
      answers: [
        { en: 'On the server, where it comes in', de: 'Auf dem Server, wo sie hereinkommt' },
        { en: 'In the browser, before it is sent', de: 'Im Browser, bevor sie gesendet wird' },
        { en: 'In the database, by the length of the column', de: 'In der Datenbank, durch die Länge der Spalte' },
        { en: 'Nowhere, if the user is signed in', de: 'Nirgends, wenn die Person angemeldet ist' },
      ],
      why: {
        en: 'Whoever attacks does not use your form.',
        de: 'Wer angreift, benutzt Ihr Formular nicht.',
      },
    },
    {
      id: 'sc-2',
      ask: { en: 'What protects reliably against SQL injection?', de: 'Was schützt zuverlässig gegen SQL-Injection?' },
      answers: [
        { en: 'Parameters, and names from a fixed list', de: 'Parameter, und Namen aus einer festen Liste' },
        { en: 'Removing apostrophes', de: 'Apostrophe entfernen' },
        { en: 'A firewall in front of the application', de: 'Eine Firewall vor der Anwendung' },
        { en: 'Allowing only POST requests', de: 'Nur POST-Anfragen zulassen' },
      ],
      why: {
        en: 'Only what is never part of the statement cannot change it.',
        de: 'Nur was nie Teil der Anweisung ist, kann sie nicht verändern.',
      },
    },
    {
      id: 'sc-3',
      ask: {
        en: 'GET /invoices/1042 shows your invoice. You try 1043 and see somebody else’s. What is missing?',
        de: 'GET /invoices/1042 zeigt Ihre Rechnung. Sie versuchen 1043 und sehen die von jemand anderem. Was fehlt?',
      },
      answers: [
        {
          en: 'A check on the server that this invoice is the caller’s',
          de: 'Eine Prüfung auf dem Server, dass diese Rechnung der anfragenden Person gehört',
        },
        { en: 'Longer numbers that nobody can guess', de: 'Längere Nummern, die niemand raten kann' },
        { en: 'Encryption of the connection', de: 'Verschlüsselung der Verbindung' },
        { en: 'A hidden link', de: 'Ein versteckter Link' },
      ],
      why: {
        en: 'Random ids make guessing hard; only the check of the object refuses.',
        de: 'Zufällige Kennungen erschweren das Raten; nur die Prüfung am Objekt verweigert.',
      },
    },
    {
      id: 'sc-4',
      ask: {
        en: 'An access key was committed and pushed an hour ago. What comes first?',
        de: 'Ein Zugangsschlüssel wurde vor einer Stunde eingecheckt und hochgeladen. Was kommt zuerst?',
      },
      answers: [
        { en: 'Revoke the key', de: 'Den Schlüssel sperren' },
        { en: 'Rewrite the history of the repository', de: 'Die Historie des Repositorys umschreiben' },
        { en: 'Delete the file with the next commit', de: 'Die Datei mit dem nächsten Commit löschen' },
        { en: 'Set the repository to private', de: 'Das Repository auf privat stellen' },
      ],
      why: {
        en: 'It may have been copied already; only revoking makes it worthless.',
        de: 'Er kann längst kopiert sein; nur das Sperren macht ihn wertlos.',
      },
    },
    {
      id: 'sc-5',
      ask: { en: 'How are passwords of users stored?', de: 'Wie werden Passwörter von Nutzern gespeichert?' },
      answers: [
        { en: 'As argon2id hash with a salt each', de: 'Als argon2id-Hash mit je eigenem Salt' },
        { en: 'Encrypted with AES-256', de: 'Mit AES-256 verschlüsselt' },
        { en: 'As SHA-256 hash', de: 'Als SHA-256-Hash' },
        { en: 'Base64-encoded', de: 'Base64-kodiert' },
      ],
      why: {
        en: 'A password hash is slow on purpose and cannot be turned back.',
        de: 'Ein Passwort-Hash ist absichtlich langsam und nicht umkehrbar.',
      },
    },
    {
      id: 'sc-6',
      ask: {
        en: 'A user may enter the address of a picture that our server fetches. What is the danger?',
        de: 'Nutzer dürfen die Adresse eines Bildes angeben, das unser Server abruft. Was ist die Gefahr?',
      },
      answers: [
        {
          en: 'The server can be made to ask internal services (SSRF)',
          de: 'Der Server kann dazu gebracht werden, interne Dienste anzufragen (SSRF)',
        },
        { en: 'The picture could be too colourful', de: 'Das Bild könnte zu bunt sein' },
        { en: 'None, if the address begins with https', de: 'Keine, wenn die Adresse mit https beginnt' },
        { en: 'The browser could show it twice', de: 'Der Browser könnte es doppelt zeigen' },
      ],
      why: {
        en: 'Allow hosts by a list, and refuse private addresses, also after redirects.',
        de: 'Hosts nach einer Liste erlauben und private Adressen ablehnen, auch nach Umleitungen.',
      },
    },
    {
      id: 'sc-7',
      ask: {
        en: 'A colleague would like to debug with a copy of the production database. You …',
        de: 'Eine Kollegin möchte mit einer Kopie der Produktionsdatenbank nach einem Fehler suchen. Sie …',
      },
      answers: [
        {
          en: 'offer generated data, or data masked irreversibly before they leave production',
          de: 'bieten erzeugte Daten an, oder solche, die vor Verlassen der Produktion unumkehrbar unkenntlich wurden',
        },
        { en: 'copy it, but only for a day', de: 'kopieren sie, aber nur für einen Tag' },
        { en: 'copy it and rename the table of users', de: 'kopieren sie und benennen die Nutzertabelle um' },
        { en: 'copy it to an encrypted laptop', de: 'kopieren sie auf einen verschlüsselten Laptop' },
      ],
      why: {
        en: 'Production data do not belong on test systems; no purpose covers it.',
        de: 'Produktionsdaten gehören nicht auf Testsysteme; dafür gibt es keinen Zweck.',
      },
    },
    {
      id: 'sc-8',
      ask: {
        en: 'An export writes texts of users into a CSV file. What has to be looked after besides commas?',
        de: 'Eine Ausleitung schreibt Texte von Nutzern in eine CSV-Datei. Worauf ist außer Kommas zu achten?',
      },
      answers: [
        {
          en: 'Cells that begin with = + - @ must not be run as formulas',
          de: 'Zellen, die mit = + - @ beginnen, dürfen nicht als Formel ausgeführt werden',
        },
        { en: 'The file must be smaller than 1 MB', de: 'Die Datei muss kleiner als 1 MB sein' },
        { en: 'All texts must be in capital letters', de: 'Alle Texte müssen großgeschrieben sein' },
        { en: 'Nothing: CSV is plain text', de: 'Auf nichts: CSV ist reiner Text' },
      ],
      why: {
        en: 'A spreadsheet runs formulas of others with the rights of whoever opens it.',
        de: 'Eine Tabellenkalkulation führt fremde Formeln mit den Rechten derer aus, die sie öffnen.',
      },
    },
    {
      id: 'sc-9',
      ask: {
        en: 'A language model suggests a package that you do not know. What do you do first?',
        de: 'Ein Sprachmodell schlägt ein Paket vor, das Sie nicht kennen. Was tun Sie zuerst?',
      },
      answers: [
        {
          en: 'Check whether it exists, who maintains it and whether we need it',
          de: 'Prüfen, ob es existiert, wer es pflegt und ob wir es brauchen',
        },
        { en: 'Install it and see whether it works', de: 'Es installieren und sehen, ob es geht' },
        { en: 'Install it with administrator rights', de: 'Es mit Administratorrechten installieren' },
        { en: 'Take the newest beta version', de: 'Die neueste Betaversion nehmen' },
      ],
      why: {
        en: 'Invented names are registered by attackers, and install scripts run at once.',
        de: 'Erfundene Namen werden von Angreifern registriert, und Installationsskripte laufen sofort.',
      },
    },
    {
      id: 'sc-10',
      ask: {
        en: 'A stranger reports a weakness in your product by mail. What is right?',
        de: 'Eine fremde Person meldet per Mail eine Schwachstelle in Ihrem Produkt. Was ist richtig?',
      },
      answers: [
        {
          en: 'Thank and confirm, mend, publish, and report it inside at once if personal data could be concerned',
          de: 'Danken und bestätigen, beheben, veröffentlichen und intern sofort melden, wenn personenbezogene Daten betroffen sein könnten',
        },
        { en: 'Threaten with legal action', de: 'Mit rechtlichen Schritten drohen' },
        { en: 'Not answer, so that nobody hears of it', de: 'Nicht antworten, damit es niemand erfährt' },
        { en: 'Wait for a second report', de: 'Auf eine zweite Meldung warten' },
      ],
      why: {
        en: 'Whoever reports helps; whoever is silenced publishes.',
        de: 'Wer meldet, hilft; wer zum Schweigen gebracht wird, veröffentlicht.',
      },
    },
  ],
}
