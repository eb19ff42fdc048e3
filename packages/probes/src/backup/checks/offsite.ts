import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { BackupFacts } from '../facts.ts'

export const backupOffsite = {
  id: 'backup.offsite',
  version: 1,
  connector: 'backup',
  title: {
    en: 'Backups lie at another place, and whoever runs the source cannot delete them',
    de: 'Sicherungen liegen an einem anderen Ort, und wer die Quelle betreibt, kann sie nicht löschen',
  },
  why: {
    en: 'Fire, theft or extortion must not take the data and their backups at once.',
    de: 'Brand, Diebstahl oder Erpressung dürfen nicht Daten und Sicherungen zugleich treffen.',
  },
  remedy: {
    en: 'Send the backups, or a copy of them, to another site, under an account that the backed-up machines cannot use to delete.',
    de: 'Die Sicherungen oder eine Kopie davon an einen anderen Standort bringen, unter einem Konto, mit dem die gesicherten Rechner nicht löschen können.',
  },
  severity: 'high',
  serves: [{ measure: 'backup-offsite', as: 'proves' }],
  params: noParams,
  reads: ['location'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'ISO/IEC 27001:2022 A.8.14', 'BSI CON.3'],
  sources: [
    'https://www.bsi.bund.de/SharedDocs/Downloads/DE/BSI/Grundschutz/IT-GS-Kompendium_Einzel_PDFs_2023/03_CON_Konzepte_und_Vorgehensweisen/CON_3_Datensicherungskonzept_Edition_2023.pdf',
  ],
  pitfalls: [
    'That the repository lies on a machine that it backs up is seen: by the names of the machines in the backups, and by the server behind a mounted folder.',
    'Cities and who may delete cannot be seen from a repository. They are declared in the settings, by whoever stands in for them; a file service answers with no address of a house.',
    'Without these declarations nothing is said.',
  ],
  messages: {
    apart: {
      en: 'The source is in {source}, the backups are in {repository}.',
      de: 'Die Quelle steht in {source}, die Sicherungen in {repository}.',
    },
    'same-machine': {
      en: 'The repository lies on a machine that it backs up.',
      de: 'Der Sicherungsspeicher liegt auf einem Rechner, den er sichert.',
    },
    'same-place': {
      en: 'Source and backups are in the same place: {source}.',
      de: 'Quelle und Sicherungen sind am selben Ort: {source}.',
    },
    unknown: { en: 'No place is declared.', de: 'Es ist kein Ort angegeben.' },
    separate: {
      en: 'Whoever runs the source cannot delete the backups, as declared.',
      de: 'Wer die Quelle betreibt, kann die Sicherungen nicht löschen, so die Angabe.',
    },
    shared: {
      en: 'Whoever runs the source can delete the backups.',
      de: 'Wer die Quelle betreibt, kann die Sicherungen löschen.',
    },
  },
  judge({ location: { sameMachine, sourcePlace, repositoryPlace, separateCredentials } }) {
    const says = { source: sourcePlace ?? '', repository: repositoryPlace ?? '' }
    const key = sameMachine
      ? 'same-machine'
      : sourcePlace === null || repositoryPlace === null
        ? 'unknown'
        : spelling(sourcePlace) === spelling(repositoryPlace)
          ? 'same-place'
          : 'apart'
    const cited = sameMachine ? 'location.sameMachine' : ['location.sourcePlace', 'location.repositoryPlace']
    return [
      (key === 'apart' ? pass : fail)('place', cited, key, says),
      separateCredentials === true
        ? pass('credentials', 'location.separateCredentials', 'separate')
        : fail('credentials', 'location.separateCredentials', 'shared'),
    ]
  },
} satisfies Check<BackupFacts, 'location', typeof noParams>

const spelling = (place: string) => place.trim().toLowerCase().normalize('NFKC')
