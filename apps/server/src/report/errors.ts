import { defineErrors } from '../kernel/index.ts'

/** What working with reports and advisories may be refused for. */
export const reportErrors = defineErrors('report', {
  not_found: { status: 404, en: 'There is no such report.', de: 'Diese Meldung gibt es nicht.' },
  illegal_step: {
    status: 409,
    en: 'A report cannot go from “{from}” to “{to}”.',
    de: 'Eine Meldung kann nicht von „{from}“ zu „{to}“ werden.',
  },
  needs_answer: {
    status: 422,
    en: 'Say why: whoever reported it reads this sentence.',
    de: 'Bitte sagen, warum: Diesen Satz liest, wer gemeldet hat.',
  },
  needs_original: {
    status: 422,
    en: 'Name the other report that this one repeats.',
    de: 'Bitte die andere Meldung nennen, die diese wiederholt.',
  },
  bad_vector: {
    status: 422,
    en: 'This is no CVSS 4.0 vector. It begins with CVSS:4.0/ and holds the eleven base metrics in their order.',
    de: 'Das ist kein CVSS-4.0-Vektor. Er beginnt mit CVSS:4.0/ und enthält die elf Basismetriken in ihrer Reihenfolge.',
  },
  person_not_found: {
    status: 404,
    en: 'Nobody with this account is a member here.',
    de: 'Hier ist niemand mit diesem Konto Mitglied.',
  },
  no_clock: {
    status: 409,
    en: 'No reporting clock runs for this report. Start it first.',
    de: 'Für diese Meldung läuft keine Meldefrist. Bitte zuerst beginnen.',
  },
  bad_moment: {
    status: 422,
    en: 'This moment lies in the future, or before what it follows.',
    de: 'Dieser Zeitpunkt liegt in der Zukunft oder vor dem, worauf er folgt.',
  },
  too_many_messages: {
    status: 409,
    en: 'There are {most} messages already. Go on elsewhere.',
    de: 'Es gibt schon {most} Nachrichten. Bitte an anderer Stelle fortfahren.',
  },
})

/** What working with advisories may be refused for. */
export const advisoryErrors = defineErrors('advisory', {
  not_found: { status: 404, en: 'There is no such advisory.', de: 'Diesen Sicherheitshinweis gibt es nicht.' },
  invalid: {
    status: 422,
    en: 'This cannot be published as CSAF yet: {problem}.',
    de: 'So lässt sich das noch nicht als CSAF veröffentlichen: {problem}.',
  },
  unchanged: {
    status: 409,
    en: 'Nothing has changed since the last version.',
    de: 'Seit der letzten Version hat sich nichts geändert.',
  },
  published: {
    status: 409,
    en: 'This advisory was published and stays. Publish another version of it.',
    de: 'Dieser Sicherheitshinweis ist veröffentlicht und bleibt. Bitte eine weitere Version veröffentlichen.',
  },
})
