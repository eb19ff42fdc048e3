import { defineErrors } from '../kernel/index.ts'

const taken = {
  en: 'Taken are PDF, pictures (PNG, JPEG, WebP, GIF), text, CSV, JSON, XML, letters (EML, MSG) and office documents (DOCX, XLSX, PPTX, ODT, ODS, ODP).',
  de: 'Angenommen werden PDF, Bilder (PNG, JPEG, WebP, GIF), Text, CSV, JSON, XML, E-Mails (EML, MSG) und Bürodokumente (DOCX, XLSX, PPTX, ODT, ODS, ODP).',
}

/** What working with evidence files may be refused for. */
export const fileErrors = defineErrors('file', {
  not_found: {
    status: 404,
    en: 'This file does not exist.',
    de: 'Diese Datei gibt es nicht.',
  },
  removed: {
    status: 410,
    en: 'This file was deleted; its hash stays.',
    de: 'Diese Datei wurde gelöscht; ihr Hash bleibt.',
  },
  no_preview: {
    status: 409,
    en: 'There is no preview of this file. Download it to see it.',
    de: 'Von dieser Datei gibt es keine Vorschau. Bitte herunterladen, um sie anzusehen.',
  },
  unknown_kind: {
    status: 400,
    en: 'Nothing of this kind can have files.',
    de: 'Dinge dieser Art können keine Dateien haben.',
  },
  may_not_add: {
    status: 403,
    en: 'Nothing that your role may change takes files.',
    de: 'Nichts, was Ihre Rolle ändern darf, nimmt Dateien an.',
  },
  too_many: {
    status: 409,
    en: 'At most {most} files belong to one record. Put them together in one, or record the rest apart.',
    de: 'Zu einem Eintrag gehören höchstens {most} Dateien. Bitte zusammenfassen oder den Rest gesondert festhalten.',
  },
  too_many_waiting: {
    status: 429,
    en: 'You have uploaded {most} files that belong to nothing yet. Save what they belong to, or wait a day.',
    de: 'Sie haben {most} Dateien hochgeladen, die noch zu nichts gehören. Bitte speichern, wozu sie gehören, oder einen Tag warten.',
  },
  empty: { status: 415, en: 'The file is empty.', de: 'Die Datei ist leer.' },
  is_archive: {
    status: 415,
    en: `This is an archive. Add the files in it one by one. ${taken.en}`,
    de: `Das ist ein Archiv. Bitte die Dateien darin einzeln hinzufügen. ${taken.de}`,
  },
  is_program: {
    status: 415,
    en: `This is a program or a script. Add a picture or a PDF of what it showed. ${taken.en}`,
    de: `Das ist ein Programm oder ein Skript. Bitte ein Bild oder PDF seines Ergebnisses hinzufügen. ${taken.de}`,
  },
  is_page: {
    status: 415,
    en: `This is a web page or an SVG drawing, which can carry programs. Print it as PDF. ${taken.en}`,
    de: `Das ist eine Webseite oder eine SVG-Zeichnung, die Programme enthalten kann. Bitte als PDF drucken. ${taken.de}`,
  },
  is_old_office: {
    status: 415,
    en: `This is a document of an old office program. Save it as DOCX, XLSX, PPTX or PDF. ${taken.en}`,
    de: `Das ist ein Dokument eines alten Büroprogramms. Bitte als DOCX, XLSX, PPTX oder PDF speichern. ${taken.de}`,
  },
  has_macros: {
    status: 415,
    en: 'This document holds macros, which are programs. Save it without macros, or as PDF.',
    de: 'Dieses Dokument enthält Makros, also Programme. Bitte ohne Makros oder als PDF speichern.',
  },
  is_media: {
    status: 415,
    en: `This is a film, a recording or a picture of another kind. Save the picture as PNG or JPEG. ${taken.en}`,
    de: `Das ist ein Film, eine Aufnahme oder ein Bild anderer Art. Bitte das Bild als PNG oder JPEG speichern. ${taken.de}`,
  },
  is_two_things: {
    status: 415,
    en: 'This file is two things at once, for example a picture and an archive or a page. Open it and save it anew.',
    de: 'Diese Datei ist zweierlei zugleich, etwa Bild und Archiv oder Webseite. Bitte öffnen und neu speichern.',
  },
  is_damaged: {
    status: 415,
    en: 'This file begins like one that is taken, but is cut off or damaged. Save it anew and upload it again.',
    de: 'Diese Datei beginnt wie eine, die angenommen wird, ist aber abgeschnitten oder beschädigt. Bitte neu speichern und nochmals hochladen.',
  },
  unpacks_too_far: {
    status: 415,
    en: 'This document unpacks to more than {limitMiB} MiB, or to far more than its size. Save it as PDF.',
    de: 'Dieses Dokument wird entpackt größer als {limitMiB} MiB oder weit größer als die Datei. Bitte als PDF speichern.',
  },
  is_malware: {
    status: 415,
    en: 'The scanner found malware in this file, so it was not kept. The owners of the tenant are told. Have the computer checked from which it comes.',
    de: 'Der Scanner hat in dieser Datei Schadsoftware gefunden, sie wurde nicht behalten. Die Inhaber des Mandanten werden informiert. Bitte den Rechner prüfen lassen, von dem sie stammt.',
  },
  unknown_type: {
    status: 415,
    en: `It could not be told what this file is. ${taken.en}`,
    de: `Was das für eine Datei ist, war nicht zu erkennen. ${taken.de}`,
  },
})

/** Why the content of a file is not taken. */
export const contentErrors = [
  fileErrors.empty,
  fileErrors.is_archive,
  fileErrors.is_program,
  fileErrors.is_page,
  fileErrors.is_old_office,
  fileErrors.has_macros,
  fileErrors.is_media,
  fileErrors.is_two_things,
  fileErrors.is_damaged,
  fileErrors.unpacks_too_far,
  fileErrors.is_malware,
  fileErrors.unknown_type,
]
