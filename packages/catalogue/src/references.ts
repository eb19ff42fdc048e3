import type { MeasureReferences } from './measure.ts'

/** A body of rules, the edition meant, and every identifier that a measure may name from it. */
export type Reference = { readonly name: string; readonly edition: string; readonly ids: readonly string[] }

/** `PREFIX1` to `PREFIXlast`, the number padded with zeros to `digits`. */
function series(prefix: string, last: number, digits = 1): readonly string[] {
  return Array.from({ length: last }, (_, index) => `${prefix}${String(index + 1).padStart(digits, '0')}`)
}

/** `PREFIX` followed by each of the words of `list`. */
function each(prefix: string, list: string): readonly string[] {
  return list.split(' ').map((word) => `${prefix}${word}`)
}

/** Safeguards per CIS control, in order of the controls 1 to 18: 153 in all. */
const cisSafeguards = [5, 7, 14, 12, 6, 8, 7, 12, 7, 7, 5, 8, 11, 9, 7, 14, 9, 5] as const

/**
 * The bodies of rules that the catalogue refers to, with all identifiers of the named edition.
 *
 * The list of the GDPR holds the provisions in use, the others are complete, so that a reference to a control that does
 * not exist fails a test. Identifiers only: the titles of most of these standards are protected by copyright.
 */
export const references: { readonly [body in keyof MeasureReferences]: Reference } = {
  gdpr: {
    name: 'General Data Protection Regulation',
    edition: 'Regulation (EU) 2016/679',
    ids: [
      '4(5)',
      ...each('5', '(1)(a) (1)(b) (1)(c) (1)(d) (1)(e) (1)(f) (2)'),
      '7(3)',
      ...each('', '12 12(2) 13 14 15 16 17 18 20 21 22'),
      ...each('24', '(1) (2)'),
      ...each('25', '(1) (2)'),
      ...each('28', '(1) (2) (3) (3)(a) (3)(b) (3)(c) (3)(e) (3)(f) (3)(g) (3)(h) (4) (5)'),
      '29',
      ...each('30', ' (1)(d) (2)'),
      ...each('32', '(1) (1)(a) (1)(b) (1)(c) (1)(d) (2) (3) (4)'),
      ...each('33', ' (1) (2) (5)'),
      ...each('', '34 35 36 37 38 39 39(1)(b) 42 44 45 46'),
    ],
  },
  iso27001: {
    name: 'ISO/IEC 27001, Annex A',
    edition: '2022',
    ids: [...series('5.', 37), ...series('6.', 8), ...series('7.', 14), ...series('8.', 34)],
  },
  bsi: {
    name: 'BSI IT-Grundschutz-Kompendium, modules',
    edition: '2023',
    ids: [
      'ISMS.1',
      ...series('ORP.', 5),
      ...each('CON.', '1 2 3 6 7 8 9 10 11.1'),
      ...series('OPS.1.1.', 7),
      ...each('OPS.', '1.2.2 1.2.4 1.2.5 1.2.6 2.2 2.3 3.2'),
      ...each('DER.', '1 2.1 2.2 2.3 3.1 3.2 4'),
      ...each('APP.', '1.1 1.2 1.4 2.1 2.2 2.3 3.1 3.2 3.3 3.4 3.6 4.2 4.3 4.4 4.6 5.2 5.3 5.4 6 7'),
      ...each('SYS.1.', '1 2.2 2.3 3 5 6 7 8 9'),
      ...each('SYS.2.', '1 2.3 3 4 5 6'),
      ...each('SYS.3.', '1 2.1 2.2 2.3 2.4 3'),
      ...each('SYS.4.', '1 3 4 5'),
      ...each('IND.', '1 2.1 2.2 2.3 2.4 2.7 3.2'),
      ...each('NET.', '1.1 1.2 2.1 2.2 3.1 3.2 3.3 3.4 4.1 4.2 4.3'),
      ...each('INF.', '1 2 5 6 7 8 9 10 11 12 13 14'),
    ],
  },
  soc2: {
    name: 'AICPA Trust Services Criteria',
    edition: '2017 with the revised points of focus of 2022',
    ids: [
      ...series('CC1.', 5),
      ...series('CC2.', 3),
      ...series('CC3.', 4),
      ...series('CC4.', 2),
      ...series('CC5.', 3),
      ...series('CC6.', 8),
      ...series('CC7.', 5),
      'CC8.1',
      ...series('CC9.', 2),
      ...series('A1.', 3),
      ...series('C1.', 2),
      ...series('PI1.', 5),
      ...each('P', '1.1 2.1 3.1 3.2 4.1 4.2 4.3 5.1 5.2'),
      ...series('P6.', 7),
      ...each('P', '7.1 8.1'),
    ],
  },
  nistCsf: {
    name: 'NIST Cybersecurity Framework, subcategories',
    edition: '2.0 (2024)',
    ids: [
      ...series('GV.OC-', 5, 2),
      ...series('GV.RM-', 7, 2),
      ...series('GV.RR-', 4, 2),
      ...series('GV.PO-', 2, 2),
      ...series('GV.OV-', 3, 2),
      ...series('GV.SC-', 10, 2),
      ...each('ID.AM-', '01 02 03 04 05 07 08'),
      ...series('ID.RA-', 10, 2),
      ...series('ID.IM-', 4, 2),
      ...series('PR.AA-', 6, 2),
      ...series('PR.AT-', 2, 2),
      ...each('PR.DS-', '01 02 10 11'),
      ...series('PR.PS-', 6, 2),
      ...series('PR.IR-', 4, 2),
      ...each('DE.CM-', '01 02 03 06 09'),
      ...each('DE.AE-', '02 03 04 06 07 08'),
      ...series('RS.MA-', 5, 2),
      ...each('RS.AN-', '03 06 07 08'),
      ...each('RS.CO-', '02 03'),
      ...series('RS.MI-', 2, 2),
      ...series('RC.RP-', 6, 2),
      ...each('RC.CO-', '03 04'),
    ],
  },
  cis: {
    name: 'CIS Critical Security Controls, safeguards',
    edition: '8 (2021; the numbers also hold in 8.1)',
    ids: cisSafeguards.flatMap((count, index) => series(`${index + 1}.`, count)),
  },
  sdm: {
    name: 'Standard-Datenschutzmodell, protection goals',
    edition: '3.1 (2024)',
    ids: [
      'Datenminimierung',
      'Verfügbarkeit',
      'Integrität',
      'Vertraulichkeit',
      'Nichtverkettung',
      'Transparenz',
      'Intervenierbarkeit',
    ],
  },
}
