/** What the pages for whoever reports a weakness say, by language. */
export const reportWords = {
  en: {
    title: 'Report a vulnerability',
    lead: 'You need no account, and you do not have to say who you are. What you write is read only by people at {tenant} who look after security.',
    incident: 'Personal data were already lost, changed or seen by somebody who should not?',
    toIncident: 'This is an incident: report it here',
    promises: 'What you can expect',
    acknowledge: (days: number) =>
      `Somebody reads your report and says so within ${days} ${days === 1 ? 'day' : 'days'}.`,
    link: 'You get a secret link. There you see how it stands, read answers and write more. Nobody can send it to you again.',
    linkAndLetter:
      'You get a secret link. There you see how it stands, read answers and write more. If you give a mail address, a letter with a link of its own goes there, and one without when there is something new.',
    disclose: (days: number) =>
      `We agree with you when it is made public: usually ${days} days after your report, or as soon as it is mended.`,
    others: 'Other ways to reach us',
    form: 'Your report',
    fields: {
      title: 'In one line',
      titleHint: 'For instance: any signed-in person can read invoices of others.',
      product: 'Product or address, with its version',
      description: 'What you found, and how we can see it ourselves',
      descriptionHint: 'Steps, what you expected, what happened. Please no data of other people.',
      files: 'Files',
      filesHint: 'At most {most}: pictures, PDF, text. No archives, no programs; put code into the text.',
      name: 'Name',
      email: 'Mail address',
      emailHint: 'if you want letters about this report; nothing of what you write is in them',
      credit: 'How we may thank you in public',
      optional: 'if you want',
    },
    privacy:
      'What you write here goes to {tenant}. Name, address and link are deleted 12 months after the report is over.',
    notice: 'Privacy notice',
    send: 'Send the report',
    refused:
      'Nothing was sent. Please say in one line and in a text what you found; a mail address, if you give one, must be a valid one.',
    trap: 'Nothing was sent: a field was filled in that stays empty. It is empty now; please send the report again.',
    'too-quick':
      'Nothing was sent yet. Forms that come back within seconds are mostly sent by programs; please press the button once more.',
    'too-old':
      'Nothing was sent: this form was open for more than a day. It is fresh now; please press the button once more.',
    full: 'Nothing was sent: more reports wait here than anybody can read at the moment. Please try again later, or use another way to reach us.',
    tooMany: 'Nothing was sent: too many reports came from your network within an hour. Please try again later.',
    filesAgain: 'Files have to be chosen again.',
    received: 'Your report was received',
    keep: 'Keep the address of this page: it is the only key to your report. We have not stored it, and nobody can send it to you.',
    keepToo:
      'Keep the address of this page: it is a key to your report. We have not stored it, and nobody can send it to you again.',
    letters: {
      none: 'No letters are sent about this report. Please look here now and then.',
      queued:
        'A letter with another link to this page is on its way to the mail address that you gave. When there is something new, one without a link follows.',
      sending:
        'A letter with another link to this page is on its way to the mail address that you gave. When there is something new, one without a link follows.',
      sent: 'A letter with another link to this page went to the mail address that you gave. When there is something new, one without a link follows.',
      unknown:
        'A letter with another link to this page went out, but nobody knows whether it arrived. When there is something new, one without a link follows.',
      replaced: 'When there is something new, a letter without a link goes to the mail address that you gave.',
      failed:
        'The letter to the mail address that you gave could not be delivered, and no other follows. Please look here now and then.',
      withheld:
        'No letter was sent, and none follows: only so many go to one address, and from here altogether, in an hour and in a day. Please look here now and then.',
      ended: 'The mail address that you gave was deleted; no more letters are sent about this report.',
    },
    ending: {
      title: 'No more letters about this report',
      text: 'The mail address that was given for this report is deleted, and no more letters go there. The report itself stays.',
      button: 'Delete the mail address',
      done: 'No more letters',
      doneText:
        'The mail address was deleted. If it was not you who gave it, please tell so, too: the letter says whom.',
      nothingText: 'No mail address is stored for this report any more.',
      broken: 'This link opens nothing',
      brokenText: 'It is not complete. Please copy the whole link from the letter.',
    },
    report: 'Report',
    state: 'State',
    receivedOn: 'Received on',
    acknowledgeBy: 'Somebody reads it by',
    discloseOn: 'Made public on',
    closedOn: 'Ended on',
    files: 'Files that you sent',
    advisories: 'What was published about it',
    said: 'What was said',
    you: 'You',
    nothing: 'Nobody has answered yet.',
    answer: 'Write more',
    answerSend: 'Send',
    answered: 'Your message was received.',
    notAnswered: 'Nothing was sent. Write a text of at most 10,000 characters, at most 20 a day.',
    over: 'This report is over, and nothing can be written any more.',
    unknown: 'This link opens nothing',
    unknownText: 'It is not complete, it was replaced by another one, or it ended 12 months after the report was over.',
  },
  de: {
    title: 'Eine Schwachstelle melden',
    lead: 'Sie brauchen kein Konto und müssen nicht sagen, wer Sie sind. Was Sie schreiben, lesen nur die Personen bei {tenant}, die sich um die Sicherheit kümmern.',
    incident: 'Personenbezogene Daten gingen schon verloren, wurden verändert oder von Unbefugten eingesehen?',
    toIncident: 'Das ist ein Vorfall: hier melden',
    promises: 'Was Sie erwarten können',
    acknowledge: (days: number) =>
      `Jemand liest Ihre Meldung und sagt Ihnen das binnen ${days} ${days === 1 ? 'Tag' : 'Tagen'}.`,
    link: 'Sie bekommen einen geheimen Link. Dort sehen Sie den Stand, lesen Antworten und schreiben weiter. Niemand kann ihn Ihnen noch einmal senden.',
    linkAndLetter:
      'Sie bekommen einen geheimen Link. Dort sehen Sie den Stand, lesen Antworten und schreiben weiter. Wenn Sie eine E-Mail-Adresse angeben, geht eine E-Mail mit einem eigenen Link dorthin, und eine ohne Link, wenn es etwas Neues gibt.',
    disclose: (days: number) =>
      `Wir sprechen mit Ihnen ab, wann es öffentlich wird: meist ${days} Tage nach Ihrer Meldung, oder sobald es behoben ist.`,
    others: 'Andere Wege zu uns',
    form: 'Ihre Meldung',
    fields: {
      title: 'In einer Zeile',
      titleHint: 'Zum Beispiel: Jede angemeldete Person kann Rechnungen anderer lesen.',
      product: 'Produkt oder Adresse, mit Version',
      description: 'Was Sie gefunden haben und wie wir es selbst sehen können',
      descriptionHint: 'Schritte, was Sie erwartet haben, was geschah. Bitte keine Daten anderer Personen.',
      files: 'Dateien',
      filesHint: 'Höchstens {most}: Bilder, PDF, Text. Keine Archive, keine Programme; Code bitte in den Text.',
      name: 'Name',
      email: 'E-Mail-Adresse',
      emailHint: 'wenn Sie E-Mails zu dieser Meldung möchten; nichts von dem, was Sie schreiben, steht darin',
      credit: 'Wie wir Ihnen öffentlich danken dürfen',
      optional: 'wenn Sie möchten',
    },
    privacy:
      'Was Sie hier schreiben, geht an {tenant}. Name, Adresse und Link werden 12 Monate nach dem Ende der Meldung gelöscht.',
    notice: 'Datenschutzhinweise',
    send: 'Meldung senden',
    refused:
      'Es wurde nichts gesendet. Bitte sagen Sie in einer Zeile und in einem Text, was Sie gefunden haben; eine E-Mail-Adresse, falls Sie eine angeben, muss gültig sein.',
    trap: 'Es wurde nichts gesendet: Ein Feld war ausgefüllt, das leer bleibt. Jetzt ist es leer; bitte senden Sie die Meldung noch einmal.',
    'too-quick':
      'Es wurde noch nichts gesendet. Formulare, die binnen Sekunden zurückkommen, senden meist Programme; bitte drücken Sie den Knopf noch einmal.',
    'too-old':
      'Es wurde nichts gesendet: Dieses Formular war länger als einen Tag offen. Jetzt ist es frisch; bitte drücken Sie den Knopf noch einmal.',
    full: 'Es wurde nichts gesendet: Hier warten mehr Meldungen, als derzeit jemand lesen kann. Bitte versuchen Sie es später noch einmal oder auf einem anderen Weg.',
    tooMany:
      'Es wurde nichts gesendet: Aus Ihrem Netz kamen binnen einer Stunde zu viele Meldungen. Bitte versuchen Sie es später noch einmal.',
    filesAgain: 'Dateien müssen noch einmal gewählt werden.',
    received: 'Ihre Meldung ist eingegangen',
    keep: 'Bewahren Sie die Adresse dieser Seite auf: Sie ist der einzige Schlüssel zu Ihrer Meldung. Wir haben sie nicht gespeichert, und niemand kann sie Ihnen senden.',
    keepToo:
      'Bewahren Sie die Adresse dieser Seite auf: Sie ist ein Schlüssel zu Ihrer Meldung. Wir haben sie nicht gespeichert, und niemand kann sie Ihnen noch einmal senden.',
    letters: {
      none: 'Zu dieser Meldung werden keine E-Mails gesendet. Bitte sehen Sie hin und wieder hier nach.',
      queued:
        'Eine E-Mail mit einem anderen Link zu dieser Seite ist auf dem Weg an die angegebene E-Mail-Adresse. Wenn es etwas Neues gibt, folgt eine ohne Link.',
      sending:
        'Eine E-Mail mit einem anderen Link zu dieser Seite ist auf dem Weg an die angegebene E-Mail-Adresse. Wenn es etwas Neues gibt, folgt eine ohne Link.',
      sent: 'Eine E-Mail mit einem anderen Link zu dieser Seite ging an die angegebene E-Mail-Adresse. Wenn es etwas Neues gibt, folgt eine ohne Link.',
      unknown:
        'Eine E-Mail mit einem anderen Link zu dieser Seite ging hinaus, aber niemand weiß, ob sie ankam. Wenn es etwas Neues gibt, folgt eine ohne Link.',
      replaced: 'Wenn es etwas Neues gibt, geht eine E-Mail ohne Link an die angegebene E-Mail-Adresse.',
      failed:
        'Die E-Mail an die angegebene Adresse konnte nicht zugestellt werden, und es folgt keine mehr. Bitte sehen Sie hin und wieder hier nach.',
      withheld:
        'Es wurde keine E-Mail gesendet, und es folgt keine: An eine Adresse und von hier insgesamt gehen in einer Stunde und an einem Tag nur so viele. Bitte sehen Sie hin und wieder hier nach.',
      ended: 'Die angegebene E-Mail-Adresse wurde gelöscht; zu dieser Meldung werden keine E-Mails mehr gesendet.',
    },
    ending: {
      title: 'Keine E-Mails mehr zu dieser Meldung',
      text: 'Die E-Mail-Adresse, die für diese Meldung angegeben wurde, wird gelöscht, und dorthin geht keine E-Mail mehr. Die Meldung selbst bleibt.',
      button: 'E-Mail-Adresse löschen',
      done: 'Keine E-Mails mehr',
      doneText:
        'Die E-Mail-Adresse wurde gelöscht. Wenn nicht Sie sie angegeben haben, sagen Sie es bitte auch: In der E-Mail steht, wem.',
      nothingText: 'Für diese Meldung ist keine E-Mail-Adresse mehr gespeichert.',
      broken: 'Dieser Link öffnet nichts',
      brokenText: 'Er ist nicht vollständig. Bitte kopieren Sie den ganzen Link aus der E-Mail.',
    },
    report: 'Meldung',
    state: 'Stand',
    receivedOn: 'Eingegangen am',
    acknowledgeBy: 'Jemand liest sie bis zum',
    discloseOn: 'Öffentlich am',
    closedOn: 'Beendet am',
    files: 'Dateien, die Sie gesendet haben',
    advisories: 'Was dazu veröffentlicht wurde',
    said: 'Was gesagt wurde',
    you: 'Sie',
    nothing: 'Noch hat niemand geantwortet.',
    answer: 'Mehr schreiben',
    answerSend: 'Senden',
    answered: 'Ihre Nachricht ist eingegangen.',
    notAnswered:
      'Es wurde nichts gesendet. Bitte schreiben Sie einen Text von höchstens 10.000 Zeichen, höchstens 20 am Tag.',
    over: 'Diese Meldung ist beendet; es kann nichts mehr geschrieben werden.',
    unknown: 'Dieser Link öffnet nichts',
    unknownText:
      'Er ist nicht vollständig, wurde durch einen anderen ersetzt oder endete 12 Monate nach dem Ende der Meldung.',
  },
} as const
