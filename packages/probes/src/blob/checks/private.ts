import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { BlobFacts } from '../facts.ts'

export const blobPrivate = {
  id: 'blob.private',
  version: 1,
  connector: 'blob',
  title: {
    en: 'Strangers cannot read the copies in the container',
    de: 'Fremde können die Kopien im Container nicht lesen',
  },
  why: {
    en: 'A public container with backups is the whole database on the internet.',
    de: 'Ein öffentlicher Container mit Sicherungen ist die ganze Datenbank im Internet.',
  },
  remedy: {
    en: 'Switch off anonymous access for the storage account, set the container to private, and treat the time in which it was open as a breach. Then forbid access by account keys.',
    de: 'Anonymen Zugriff für das Speicherkonto abschalten, den Container auf privat setzen und die offene Zeit als Datenschutzverletzung behandeln. Danach den Zugriff mit Kontoschlüsseln verbieten.',
  },
  severity: 'critical',
  serves: [
    { measure: 'no-third-party-disclosure', as: 'supports' },
    { measure: 'backup-offsite', as: 'supports' },
  ],
  params: noParams,
  reads: ['exposure'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.15', 'ISO/IEC 27001:2022 A.8.3'],
  sources: ['https://learn.microsoft.com/en-us/azure/storage/blobs/anonymous-read-access-prevent'],
  pitfalls: [
    'An open container in an account that forbids anonymous access is not public: told.',
    'Accounts made before December 2023 allow anonymous access where the setting is absent.',
    'Whoever holds a key of the account may read and delete everything, past every role: told where keys are accepted.',
    'Shared access signatures that were given out, and static web sites, are not looked at.',
  ],
  messages: {
    closed: { en: 'The container is private.', de: 'Der Container ist privat.' },
    listed: {
      en: 'Everybody can list and read the container.',
      de: 'Alle können den Container auflisten und lesen.',
    },
    readable: {
      en: 'Everybody who knows the name of a copy can read it.',
      de: 'Wer den Namen einer Kopie kennt, kann sie lesen.',
    },
    disregarded: {
      en: 'The container is set to public; the account forbids it.',
      de: 'Der Container ist auf öffentlich gesetzt; das Konto verbietet es.',
    },
    unguarded: {
      en: 'Nothing at the account would stop the container from being made public.',
      de: 'Am Konto verhindert nichts, dass der Container öffentlich gemacht wird.',
    },
    keys: {
      en: 'The account accepts its keys, which may do everything.',
      de: 'Das Konto nimmt seine Schlüssel an, die alles dürfen.',
    },
  },
  judge({ exposure: { accountAllows, container, accountKeys } }) {
    const because = ['exposure.container', 'exposure.accountAllows']
    const isSet = container !== 'none'
    const isOpen = isSet && accountAllows
    return [
      isOpen
        ? fail('container', because, container === 'all' ? 'listed' : 'readable')
        : pass('container', because, 'closed'),
      ...(isSet && !accountAllows ? [info('setting', because, 'disregarded')] : []),
      ...(accountAllows && !isSet ? [info('guard', 'exposure.accountAllows', 'unguarded')] : []),
      ...(accountKeys ? [info('keys', 'exposure.accountKeys', 'keys')] : []),
    ]
  },
} satisfies Check<BlobFacts, 'exposure', typeof noParams>
