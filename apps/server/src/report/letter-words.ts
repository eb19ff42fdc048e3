/** What letters to whoever reported say. None of it was written by them: a form must not send somebody's text to strangers. */
interface Words {
  readonly subject: (number: number, tenant: string) => string
  readonly news: (number: number, tenant: string) => string
  readonly receipt: (number: number, tenant: string, day: string) => string
  readonly link: string
  readonly later: string
  readonly notYou: (tenant: string, contact: string) => string
  readonly answer: (number: number, tenant: string) => string
  readonly state: (number: number, tenant: string) => string
  readonly open: string
  readonly action: string
  readonly end: string
}

/** By language. */
export const letterWords: Readonly<Record<'en' | 'de', Words>> = {
  en: {
    subject: (number, tenant) => `Report ${number} to ${tenant} was received`,
    news: (number, tenant) => `Report ${number} to ${tenant}: there is something new`,
    receipt: (number, tenant, day) =>
      `On ${day} somebody reported a vulnerability to ${tenant} and gave this mail address. It was received as report ${number}.`,
    link: 'The link below opens it. There you see how it stands, read answers and write more. Whoever has the link can do so, too: do not pass it on.',
    later: 'When there is something new, a letter without a link comes to this address.',
    notYou: (tenant, contact) =>
      `If it was not you, please do not open the link, tell ${tenant} (${contact}), and have this address deleted by the link at the end.`,
    answer: (number, tenant) => `${tenant} has answered report ${number}, for which this mail address was given.`,
    state: (number, tenant) => `Report ${number} to ${tenant}, for which this mail address was given, has a new state.`,
    open: 'What is new stands on the page of the report. Open the link that you kept; for safety it is not in this letter.',
    action: 'Open the report',
    end: 'No more of these letters, and delete my address',
  },
  de: {
    subject: (number, tenant) => `Meldung ${number} an ${tenant} ist eingegangen`,
    news: (number, tenant) => `Meldung ${number} an ${tenant}: Es gibt etwas Neues`,
    receipt: (number, tenant, day) =>
      `Am ${day} hat jemand ${tenant} eine Schwachstelle gemeldet und diese E-Mail-Adresse angegeben. Sie ist als Meldung ${number} eingegangen.`,
    link: 'Der Link unten öffnet sie. Dort sehen Sie den Stand, lesen Antworten und schreiben weiter. Das kann jeder, der den Link hat: Geben Sie ihn bitte nicht weiter.',
    later: 'Wenn es etwas Neues gibt, kommt an diese Adresse eine E-Mail ohne Link.',
    notYou: (tenant, contact) =>
      `Wenn Sie das nicht waren, öffnen Sie den Link bitte nicht, sagen Sie ${tenant} Bescheid (${contact}), und lassen Sie die Adresse über den Link am Ende löschen.`,
    answer: (number, tenant) =>
      `${tenant} hat auf Meldung ${number} geantwortet, für die diese E-Mail-Adresse angegeben wurde.`,
    state: (number, tenant) =>
      `Meldung ${number} an ${tenant}, für die diese E-Mail-Adresse angegeben wurde, hat einen neuen Stand.`,
    open: 'Was neu ist, steht auf der Seite der Meldung. Öffnen Sie dazu den Link, den Sie aufbewahrt haben; zur Sicherheit steht er nicht in dieser E-Mail.',
    action: 'Meldung öffnen',
    end: 'Keine dieser E-Mails mehr, und meine Adresse löschen',
  },
}
