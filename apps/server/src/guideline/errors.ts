import { defineErrors } from '../kernel/index.ts'

/** What dealing with guidelines may be refused for. */
export const guidelineErrors = defineErrors('guideline', {
  not_found: { status: 404, en: 'This guideline does not exist.', de: 'Diese Richtlinie gibt es nicht.' },
  no_version: {
    status: 404,
    en: 'There is no such version of this guideline.',
    de: 'Diese Version der Richtlinie gibt es nicht.',
  },
  no_template: { status: 404, en: 'There is no such template.', de: 'Diese Vorlage gibt es nicht.' },
  stale: {
    status: 409,
    en: 'Somebody else changed this guideline in the meantime. Load it again, then repeat your change.',
    de: 'Diese Richtlinie wurde inzwischen geändert. Laden Sie sie neu und wiederholen Sie Ihre Änderung.',
  },
  no_text: {
    status: 400,
    en: 'A guideline that is made without a template needs a title and a text.',
    de: 'Eine Richtlinie ohne Vorlage braucht einen Titel und einen Text.',
  },
  open_place: {
    status: 409,
    en: 'The text still has a place to fill in: {place}. Fill it in or delete it before the guideline is approved.',
    de: 'Im Text ist noch eine Stelle auszufüllen: {place}. Füllen oder löschen Sie sie, bevor die Richtlinie freigegeben wird.',
  },
  same_text: {
    status: 409,
    en: 'This text is approved already, as version {number}. Change it first, or record a review without a change.',
    de: 'Dieser Text ist schon freigegeben, als Version {number}. Ändern Sie ihn zuerst, oder halten Sie eine Überprüfung ohne Änderung fest.',
  },
  own_text: {
    status: 409,
    en: 'You wrote this text yourself. Somebody else who may sign has to approve it.',
    de: 'Sie haben diesen Text selbst geschrieben. Eine andere zeichnungsberechtigte Person muss ihn freigeben.',
  },
  bad_start: {
    status: 400,
    en: 'A guideline takes effect between today and {latest}. Choose a day in between.',
    de: 'Eine Richtlinie tritt zwischen heute und dem {latest} in Kraft. Wählen Sie einen Tag dazwischen.',
  },
  not_in_force: {
    status: 409,
    en: 'This version is not the one in force.',
    de: 'Diese Version ist nicht die geltende.',
  },
  nothing_approved: {
    status: 409,
    en: 'There is no approved version that could be reviewed or withdrawn.',
    de: 'Es gibt keine freigegebene Version, die überprüft oder zurückgezogen werden könnte.',
  },
  approved_already: {
    status: 409,
    en: 'A guideline that was approved once is not deleted. Withdraw it instead.',
    de: 'Eine Richtlinie, die einmal freigegeben wurde, wird nicht gelöscht. Ziehen Sie sie stattdessen zurück.',
  },
  not_a_member: {
    status: 403,
    en: 'Only members of this tenant accept its guidelines.',
    de: 'Nur Mitglieder dieses Mandanten nehmen seine Richtlinien an.',
  },
  no_such_measure: {
    status: 400,
    en: 'A guideline can cover organisational measures of the catalogue only; {measure} is none.',
    de: 'Eine Richtlinie kann nur organisatorische Maßnahmen des Katalogs abdecken; {measure} ist keine.',
  },
})
