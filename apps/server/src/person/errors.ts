import { defineErrors } from '../kernel/index.ts'

/** What changing people, their records and the holders of accounts may be refused for. */
export const personErrors = defineErrors('person', {
  not_found: { status: 404, en: 'This person is not on the list.', de: 'Diese Person steht nicht auf der Liste.' },
  mail_taken: {
    status: 409,
    en: 'Somebody on the list has this mail address.',
    de: 'Jemand auf der Liste hat diese E-Mail-Adresse.',
  },
  one_holder: {
    status: 400,
    en: 'Name a person, or who answers for the program and why there is one; not both.',
    de: 'Bitte eine Person nennen, oder wer für das Programm einsteht und warum es das gibt; nicht beides.',
  },
  account_not_found: {
    status: 404,
    en: 'No system that was looked at has this account.',
    de: 'Kein angesehenes System hat dieses Konto.',
  },
  bad_days: {
    status: 400,
    en: 'The last day lies before the first.',
    de: 'Der letzte Tag liegt vor dem ersten.',
  },
  day_to_come: {
    status: 400,
    en: 'This day is yet to come.',
    de: 'Dieser Tag liegt in der Zukunft.',
  },
  no_record: {
    status: 404,
    en: 'No record of a person is linked to your account.',
    de: 'Mit Ihrem Konto ist keine Akte verknüpft.',
  },
  member_not_found: {
    status: 404,
    en: 'Nobody with this account is a member here.',
    de: 'Hier ist niemand mit diesem Konto Mitglied.',
  },
  link_taken: {
    status: 409,
    en: 'Another record is linked to this account.',
    de: 'Mit diesem Konto ist eine andere Akte verknüpft.',
  },
  no_change: {
    status: 400,
    en: 'Position and area are the same as before.',
    de: 'Aufgabe und Bereich sind dieselben wie zuvor.',
  },
  agreement_not_found: {
    status: 404,
    en: 'This agreement is not on record, or it was taken back.',
    de: 'Diese Verpflichtung gibt es nicht, oder sie wurde zurückgenommen.',
  },
  not_kept: {
    status: 409,
    en: 'This cannot be signed off: {covered} of {of} people are covered, and for {missing} the time is over.',
    de: 'Das kann nicht bestätigt werden: {covered} von {of} Personen sind erfasst, und bei {missing} ist die Frist vorbei.',
  },
  nobody_here: {
    status: 409,
    en: 'This cannot be signed off: nobody is on the list of whom it is asked.',
    de: 'Das kann nicht bestätigt werden: Auf der Liste steht niemand, von dem es verlangt wird.',
  },
  not_signed: {
    status: 409,
    en: 'Nobody has signed this off.',
    de: 'Das hat niemand bestätigt.',
  },
})

/** What training may be refused for. */
export const trainingErrors = defineErrors('training', {
  course_not_found: { status: 404, en: 'This course does not exist.', de: 'Diesen Kurs gibt es nicht.' },
  course_over: {
    status: 409,
    en: 'This course is not offered any more.',
    de: 'Dieser Kurs wird nicht mehr angeboten.',
  },
  course_there: { status: 409, en: 'This course is there already.', de: 'Diesen Kurs gibt es bereits.' },
  no_questions: {
    status: 409,
    en: 'This course is taught by others: bring their certificate.',
    de: 'Diesen Kurs geben andere: Bitte deren Zertifikat hinterlegen.',
  },
  not_found: {
    status: 404,
    en: 'This training is not on record, or it was taken back.',
    de: 'Diese Schulung gibt es nicht, oder sie wurde zurückgenommen.',
  },
  attempt_not_found: {
    status: 404,
    en: 'These questions were not asked of you.',
    de: 'Diese Fragen wurden Ihnen nicht gestellt.',
  },
  attempt_over: {
    status: 409,
    en: 'These questions were answered, or it was too long ago. Begin again.',
    de: 'Diese Fragen sind beantwortet, oder es ist zu lange her. Bitte neu beginnen.',
  },
  too_often: {
    status: 429,
    en: 'Five tries in a day are enough. Read the lessons again and come back tomorrow.',
    de: 'Fünf Versuche am Tag genügen. Bitte lesen Sie die Lektionen noch einmal und kommen Sie morgen wieder.',
  },
  bad_answers: {
    status: 400,
    en: 'Answer each question once.',
    de: 'Bitte jede Frage einmal beantworten.',
  },
  bad_days: {
    status: 400,
    en: 'A certificate is of a day that has come, and expires later, within ten years.',
    de: 'Ein Zertifikat ist von einem vergangenen Tag und läuft später ab, binnen zehn Jahren.',
  },
})

/** What lists for joiners, movers and leavers may be refused for. */
export const checklistErrors = defineErrors('checklist', {
  template_not_found: { status: 404, en: 'This template does not exist.', de: 'Diese Vorlage gibt es nicht.' },
  not_found: { status: 404, en: 'This list does not exist.', de: 'Diese Liste gibt es nicht.' },
  item_not_found: { status: 404, en: 'This point does not exist.', de: 'Diesen Punkt gibt es nicht.' },
  needs_note: {
    status: 400,
    en: 'Say why this is not needed.',
    de: 'Bitte sagen, warum das nicht nötig ist.',
  },
  day_to_come: { status: 400, en: 'This day is yet to come.', de: 'Dieser Tag liegt in der Zukunft.' },
})

/** What handing things out may be refused for. */
export const itemErrors = defineErrors('item', {
  not_found: { status: 404, en: 'This is not in the register.', de: 'Das steht nicht im Verzeichnis.' },
  number_taken: {
    status: 409,
    en: 'Something of this kind has this number.',
    de: 'Etwas von dieser Art trägt diese Nummer.',
  },
  held: { status: 409, en: 'Somebody has this at the moment.', de: 'Das hat im Moment jemand.' },
  not_held: { status: 409, en: 'Nobody has this at the moment.', de: 'Das hat im Moment niemand.' },
  retired: { status: 409, en: 'This was taken out of the register.', de: 'Das wurde aus dem Verzeichnis genommen.' },
  bad_day: {
    status: 400,
    en: 'It can have been handed over between {from} and {until}.',
    de: 'Es kann zwischen {from} und {until} übergeben worden sein.',
  },
})
