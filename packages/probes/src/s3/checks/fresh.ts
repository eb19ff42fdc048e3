import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { S3Facts } from '../facts.ts'

const hourMs = 3_600_000

const params = z.object({
  maxHours: field(z.int().min(1).default(26), {
    label: { en: 'Age of the newest copy at most', de: 'Höchstalter der neuesten Kopie' },
    unit: 'hours',
  }),
  minBytes: field(z.int().min(1).default(1), {
    label: { en: 'Size of the newest copy at least', de: 'Mindestgröße der neuesten Kopie' },
    unit: 'bytes',
  }),
})

export const s3Fresh = {
  id: 'bucket.fresh',
  version: 1,
  connector: 's3',
  also: ['blob'],
  title: {
    en: 'Every declared folder of the storage has a fresh copy',
    de: 'Jeder angegebene Ordner des Speichers hat eine frische Kopie',
  },
  why: {
    en: 'A job that stopped months ago leaves a folder that looks like a backup.',
    de: 'Ein seit Monaten stehender Auftrag hinterlässt einen Ordner, der nach Sicherung aussieht.',
  },
  remedy: {
    en: 'Look at the job that writes this folder: its last run, its credentials, the space that it has.',
    de: 'Den Auftrag prüfen, der diesen Ordner schreibt: letzter Lauf, Zugangsdaten, verfügbarer Platz.',
  },
  severity: 'high',
  serves: [
    { measure: 'regular-backup', as: 'supports' },
    { measure: 'backup-monitoring', as: 'supports' },
  ],
  params,
  reads: ['copies'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html',
    'https://learn.microsoft.com/en-us/rest/api/storageservices/list-blobs',
  ],
  pitfalls: [
    'A new object is not yet a backup that can be restored, so this only supports; see backup.fresh and backup.restore-proven.',
    'A failed dump often leaves an empty object: the newest one must have a size. Marks that stand for folders do not count.',
    'A folder of more than 100,000 objects is not read to its end; then nothing is judged. Declare smaller folders.',
    'Copies of objects by the storage itself bear the time of the copy; at Azure, new metadata set the time anew, too.',
  ],
  messages: {
    fresh: {
      en: '{folder}: newest copy of {at}, {bytes} bytes.',
      de: '{folder}: neueste Kopie vom {at}, {bytes} Bytes.',
    },
    old: { en: '{folder}: the newest copy is of {at}.', de: '{folder}: Die neueste Kopie ist vom {at}.' },
    small: {
      en: '{folder}: the newest copy has only {bytes} bytes.',
      de: '{folder}: Die neueste Kopie hat nur {bytes} Bytes.',
    },
    none: { en: '{folder} is empty.', de: '{folder} ist leer.' },
  },
  judge({ copies }, { maxHours, minBytes }, now) {
    return copies.map(({ prefix, newest }, index) => {
      const folder = prefix === '' ? '/' : prefix
      const subject = `folder:${folder}`
      const because = `copies.${index}.newest`
      if (newest === null) return fail(subject, because, 'none', { folder })
      const says = { folder, at: newest.at.slice(0, 16), bytes: newest.bytes }
      if (now.getTime() - Date.parse(newest.at) > maxHours * hourMs) return fail(subject, because, 'old', says)
      const isLarge = newest.bytes >= minBytes
      return (isLarge ? pass : fail)(subject, because, isLarge ? 'fresh' : 'small', says)
    })
  },
} satisfies Check<S3Facts, 'copies', typeof params>
