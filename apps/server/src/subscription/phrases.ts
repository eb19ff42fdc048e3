/** The sentences of letters to subscribers in one language. */
interface Phrases {
  readonly open: string
  readonly end: string
  readonly more: (count: number) => string
  readonly confirm: {
    readonly subject: (tenant: string) => string
    readonly text: (tenant: string) => string
    readonly otherwise: (days: number) => string
    readonly action: string
  }
  readonly welcome: {
    readonly subject: (tenant: string) => string
    readonly text: (tenant: string) => string
    readonly end: string
  }
  readonly edition: {
    readonly subject: (tenant: string, number: number, less: number) => string
    readonly text: (tenant: string, title: string, day: string) => string
  }
  readonly change: {
    readonly subject: (tenant: string, what: string) => string
    readonly text: (tenant: string, day: string) => string
    readonly kinds: Readonly<Record<'add' | 'replace' | 'remove', (name: string, replaces: string) => string>>
    readonly reason: string
    readonly object: (day: string) => string
    readonly open: string
  }
  readonly advisory: {
    readonly subject: (tenant: string, id: string) => string
    readonly text: (tenant: string, isFirst: boolean) => string
    readonly open: string
  }
  readonly bulletin: {
    readonly subject: (tenant: string, title: string, isFirst: boolean) => string
    readonly text: (tenant: string, isFirst: boolean) => string
    readonly advice: string
    readonly nothing: string
    readonly changed: string
    readonly open: string
    readonly page: string
  }
  readonly lapse: {
    readonly subject: (tenant: string, count: number) => string
    readonly text: (tenant: string) => string
    readonly ranOut: (day: string) => string
    readonly due: string
    readonly note: string
  }
}

/** What letters to subscribers say, by language. */
export const phrases: Readonly<Record<'en' | 'de', Phrases>> = {
  en: {
    open: 'Read the document',
    end: 'No more of these letters, and delete my address',
    more: (count) => `… and ${count} more on the page.`,
    confirm: {
      subject: (tenant) => `Please confirm: letters about the measures of ${tenant}`,
      text: (tenant) =>
        `Somebody entered this address on the page with the technical and organisational measures of ${tenant}, to be written to about:`,
      otherwise: (days) =>
        `If that was you, confirm by the link below. It works once, within ${days} days. If it was not you, do nothing: nobody writes to you, and the address is deleted.`,
      action: 'Confirm',
    },
    welcome: {
      subject: (tenant) => `You follow the measures of ${tenant}`,
      text: (tenant) =>
        `You confirmed this address. From now on you get a letter about the technical and organisational measures of ${tenant}:`,
      end: 'The link at the end of each letter shows what is stored about you, ends the letters and deletes your address.',
    },
    edition: {
      subject: (tenant, number, less) =>
        less === 0
          ? `${tenant}: edition ${number} of its measures`
          : `${tenant}: edition ${number} of its measures, less is promised in ${less} ${less === 1 ? 'line' : 'lines'}`,
      text: (tenant, title, day) => `${tenant} has published a new edition. ${title}, ${day}.`,
    },
    change: {
      subject: (tenant, what) => `${tenant}, sub-processors: ${what}`,
      text: (tenant, day) =>
        `${tenant} announces a change of its sub-processors (Art. 28(2) GDPR). It holds from ${day}.`,
      kinds: {
        add: (name) => `${name} is added`,
        replace: (name, replaces) => `${name} takes the place of ${replaces}`,
        remove: (name) => `${name} is removed`,
      },
      reason: 'Reason',
      object: (day) => `If you are a customer, you can object until ${day}, by the way that your contract says.`,
      open: 'See the list',
    },
    advisory: {
      subject: (tenant, id) => `${tenant}: security advisory ${id}`,
      text: (tenant, isFirst) =>
        isFirst
          ? `${tenant} has published a security advisory:`
          : `${tenant} has published another version of a security advisory:`,
      open: 'Read the advisory',
    },
    bulletin: {
      subject: (tenant, title, isFirst) => `${tenant}: ${title}${isFirst ? '' : ' (update)'}`,
      text: (tenant, isFirst) =>
        isFirst
          ? `${tenant} tells its users of a security incident.`
          : `${tenant} has news on a security incident. This takes the place of what was said before.`,
      advice: 'What you should do',
      nothing: 'You do not have to do anything.',
      changed: 'What is new',
      open: 'Read it on the page',
      page: 'To the page',
    },
    lapse: {
      subject: (tenant, count) =>
        `${tenant}: ${count === 1 ? 'one line is' : `${count} lines are`} not backed any more as published`,
      text: (tenant) =>
        `These lines of the newest edition of ${tenant} were backed by a proof when it was published, and are not at the moment:`,
      ranOut: (day) => `The proof ran out on ${day}.`,
      due: 'Correction due.',
      note: 'The text of the edition has not changed. Nothing is written again about a line before it was backed once more.',
    },
  },
  de: {
    open: 'Dokument lesen',
    end: 'Keine dieser E-Mails mehr, und meine Adresse löschen',
    more: (count) => `… und ${count} weitere auf der Seite.`,
    confirm: {
      subject: (tenant) => `Bitte bestätigen: E-Mails über die Maßnahmen von ${tenant}`,
      text: (tenant) =>
        `Jemand hat diese Adresse auf der Seite mit den technischen und organisatorischen Maßnahmen von ${tenant} eingetragen, um E-Mails zu bekommen über:`,
      otherwise: (days) =>
        `Wenn Sie das waren, bestätigen Sie es über den Link unten. Er gilt einmal, binnen ${days} Tagen. Wenn Sie es nicht waren, müssen Sie nichts tun: Niemand schreibt Ihnen, und die Adresse wird gelöscht.`,
      action: 'Bestätigen',
    },
    welcome: {
      subject: (tenant) => `Sie folgen den Maßnahmen von ${tenant}`,
      text: (tenant) =>
        `Sie haben diese Adresse bestätigt. Ab jetzt bekommen Sie E-Mails über die technischen und organisatorischen Maßnahmen von ${tenant}:`,
      end: 'Der Link am Ende jeder E-Mail zeigt, was über Sie gespeichert ist, beendet die E-Mails und löscht Ihre Adresse.',
    },
    edition: {
      subject: (tenant, number, less) =>
        less === 0
          ? `${tenant}: Fassung ${number} der Maßnahmen`
          : `${tenant}: Fassung ${number} der Maßnahmen, in ${less} ${less === 1 ? 'Zeile' : 'Zeilen'} weniger versprochen`,
      text: (tenant, title, day) => `${tenant} hat eine neue Fassung veröffentlicht. ${title}, ${day}.`,
    },
    change: {
      subject: (tenant, what) => `${tenant}, Unterauftragsverarbeiter: ${what}`,
      text: (tenant, day) =>
        `${tenant} kündigt eine Änderung seiner Unterauftragsverarbeiter an (Art. 28 Abs. 2 DSGVO). Sie gilt ab dem ${day}.`,
      kinds: {
        add: (name) => `${name} kommt hinzu`,
        replace: (name, replaces) => `${name} tritt an die Stelle von ${replaces}`,
        remove: (name) => `${name} scheidet aus`,
      },
      reason: 'Grund',
      object: (day) => `Als Kunde können Sie bis zum ${day} widersprechen, auf dem Weg, den Ihr Vertrag nennt.`,
      open: 'Zur Liste',
    },
    advisory: {
      subject: (tenant, id) => `${tenant}: Sicherheitshinweis ${id}`,
      text: (tenant, isFirst) =>
        isFirst
          ? `${tenant} hat einen Sicherheitshinweis veröffentlicht:`
          : `${tenant} hat eine neue Version eines Sicherheitshinweises veröffentlicht:`,
      open: 'Hinweis lesen',
    },
    bulletin: {
      subject: (tenant, title, isFirst) => `${tenant}: ${title}${isFirst ? '' : ' (Aktualisierung)'}`,
      text: (tenant, isFirst) =>
        isFirst
          ? `${tenant} unterrichtet seine Nutzer über einen Sicherheitsvorfall.`
          : `${tenant} teilt Neues zu einem Sicherheitsvorfall mit. Das ersetzt, was zuvor mitgeteilt wurde.`,
      advice: 'Was Sie tun sollten',
      nothing: 'Sie müssen nichts tun.',
      changed: 'Was neu ist',
      open: 'Auf der Seite lesen',
      page: 'Zur Seite',
    },
    lapse: {
      subject: (tenant, count) =>
        `${tenant}: ${count === 1 ? 'eine Zeile ist' : `${count} Zeilen sind`} nicht mehr belegt wie veröffentlicht`,
      text: (tenant) =>
        `Diese Zeilen der neuesten Fassung von ${tenant} waren bei der Veröffentlichung durch einen Nachweis belegt und sind es derzeit nicht:`,
      ranOut: (day) => `Der Nachweis ist am ${day} abgelaufen.`,
      due: 'Korrektur fällig.',
      note: 'Der Text der Fassung hat sich nicht geändert. Über eine Zeile wird erst wieder geschrieben, wenn sie zwischendurch belegt war.',
    },
  },
}
