interface Words {
  readonly notYet: string
  readonly noAddress: string
  readonly noTopic: string
  readonly tooMany: string
  readonly asked: string
  readonly askedText: string
  readonly askedOften: string
  readonly confirm: string
  readonly confirmText: string
  readonly confirmButton: string
  readonly confirmed: string
  readonly confirmedText: string
  readonly confirmedEnd: string
  readonly linkOver: string
  readonly linkOverText: string
  readonly end: string
  readonly stored: (email: string, since: string, language: string) => string
  readonly languages: Readonly<Record<'en' | 'de', string>>
  readonly endText: string
  readonly endNothing: string
  readonly endButton: string
  readonly ended: string
  readonly endedText: string
  readonly endedNothing: string
  readonly linkBroken: string
  readonly linkBrokenText: string
  readonly back: string
}

/** What the pages behind the form say, by language. */
export const followWords: Readonly<Record<'en' | 'de', Words>> = {
  en: {
    notYet: 'Not yet',
    noAddress: 'This is no mail address. Go back and enter one, such as name@example.com.',
    noTopic: 'Go back and choose at least one thing to be written to about.',
    tooMany: 'Too many addresses were entered from your network or on this page. Please try again in an hour.',
    asked: 'Please look into your mailbox',
    askedText:
      'If this address can get letters, one with a link is on its way. You are written to only once you have confirmed there; otherwise the address is deleted within eight days.',
    askedOften: 'No address gets more than three such letters a day, whoever asks for them.',
    confirm: 'Confirm your address',
    confirmText:
      'With this button you agree to be written to. You can withdraw that at any time by the link in each letter.',
    confirmButton: 'Write to me',
    confirmed: 'You are on the list',
    confirmedText: 'From now on you get letters about:',
    confirmedEnd: 'A first letter with the link by which you end this is on its way.',
    linkOver: 'This link does not work any more',
    linkOverText:
      'It works once, and for seven days. If you have not confirmed yet, enter your address on the page again.',
    end: 'End the letters',
    stored: (email, since, language) =>
      `Stored about you: the address ${email}, since ${since}, letters in ${language}, about:`,
    languages: { en: 'English', de: 'German' },
    endText: 'With the button you get no more letters, and all of this is deleted.',
    endNothing:
      'Nothing is confirmed under this link, or not any more. The button deletes what was asked for under it.',
    endButton: 'No more letters, and delete my address',
    ended: 'Done',
    endedText: 'You get no more of these letters, and your address is deleted.',
    endedNothing: 'Nothing is stored under this link any more. If letters still come, use the link in the newest one.',
    linkBroken: 'This link is not whole',
    linkBrokenText: 'Open it from the letter again.',
    back: 'To the document',
  },
  de: {
    notYet: 'Noch nicht',
    noAddress: 'Das ist keine E-Mail-Adresse. Gehen Sie zurück und geben Sie eine ein, etwa name@example.com.',
    noTopic: 'Gehen Sie zurück und wählen Sie mindestens einen Anlass für E-Mails.',
    tooMany:
      'Aus Ihrem Netz oder auf dieser Seite wurden zu viele Adressen eingegeben. Bitte versuchen Sie es in einer Stunde erneut.',
    asked: 'Bitte sehen Sie in Ihr Postfach',
    askedText:
      'Wenn an diese Adresse E-Mails gehen können, ist eine mit einem Link unterwegs. Erst wenn Sie dort bestätigen, wird Ihnen geschrieben; sonst wird die Adresse binnen acht Tagen gelöscht.',
    askedOften: 'An keine Adresse gehen mehr als drei solche E-Mails am Tag, wer auch immer darum bittet.',
    confirm: 'Bestätigen Sie Ihre Adresse',
    confirmText:
      'Mit diesem Knopf willigen Sie ein, dass Ihnen geschrieben wird. Das können Sie jederzeit über den Link in jeder E-Mail widerrufen.',
    confirmButton: 'Schreiben Sie mir',
    confirmed: 'Sie stehen auf der Liste',
    confirmedText: 'Ab jetzt bekommen Sie E-Mails über:',
    confirmedEnd: 'Eine erste E-Mail mit dem Link, über den Sie das beenden, ist unterwegs.',
    linkOver: 'Dieser Link gilt nicht mehr',
    linkOverText:
      'Er gilt einmal und sieben Tage lang. Wenn Sie noch nicht bestätigt haben, geben Sie Ihre Adresse auf der Seite noch einmal ein.',
    end: 'E-Mails beenden',
    stored: (email, since, language) =>
      `Über Sie gespeichert: die Adresse ${email}, seit dem ${since}, E-Mails auf ${language}, über:`,
    languages: { en: 'Englisch', de: 'Deutsch' },
    endText: 'Mit dem Knopf bekommen Sie keine E-Mails mehr, und all das wird gelöscht.',
    endNothing:
      'Unter diesem Link ist nichts bestätigt, oder nicht mehr. Der Knopf löscht, was unter ihm erbeten wurde.',
    endButton: 'Keine E-Mails mehr, und meine Adresse löschen',
    ended: 'Erledigt',
    endedText: 'Sie bekommen keine dieser E-Mails mehr, und Ihre Adresse ist gelöscht.',
    endedNothing:
      'Unter diesem Link ist nichts mehr gespeichert. Wenn noch E-Mails kommen, benutzen Sie den Link in der neuesten.',
    linkBroken: 'Dieser Link ist unvollständig',
    linkBrokenText: 'Öffnen Sie ihn erneut aus der E-Mail.',
    back: 'Zum Dokument',
  },
}
