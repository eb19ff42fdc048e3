import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { S3Facts } from '../facts.ts'

const params = z.object({
  ownKey: field(z.boolean().default(false), {
    label: { en: 'With a key of your own (KMS, Key Vault)', de: 'Mit eigenem Schlüssel (KMS, Key Vault)' },
  }),
})

export const s3Encrypted = {
  id: 'bucket.encrypted',
  version: 1,
  connector: 's3',
  also: ['blob'],
  title: {
    en: 'The storage encrypts the copies that it keeps',
    de: 'Der Speicher verschlüsselt die Kopien, die er hält',
  },
  why: {
    en: 'A disk that leaves the data centre should be worth nothing to whoever finds it.',
    de: 'Eine Platte, die das Rechenzentrum verlässt, soll dem Finder nichts nützen.',
  },
  remedy: {
    en: 'Switch on default encryption of the bucket; better, encrypt before the copy leaves the source.',
    de: 'Die Standardverschlüsselung des Buckets einschalten; besser noch vor dem Verlassen der Quelle verschlüsseln.',
  },
  severity: 'medium',
  serves: [
    { measure: 'encryption-at-rest', as: 'supports' },
    { measure: 'backup-encryption', as: 'supports' },
  ],
  params,
  reads: ['encryption'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24', 'BSI CON.1'],
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html',
    'https://learn.microsoft.com/en-us/azure/storage/common/storage-service-encryption',
  ],
  pitfalls: [
    'The vendor holds the key and can read. Encryption by the backup program at the source is another promise; see backup.encrypted-immutable.',
    'Azure has encrypted every blob since 2017, Amazon all new objects since January 2023. Other storages answer "not set" though their disks may be encrypted: fails, since nothing shows it.',
  ],
  messages: {
    on: { en: 'Encrypted by the storage with {algorithm}.', de: 'Vom Speicher verschlüsselt mit {algorithm}.' },
    off: { en: 'The storage does not encrypt by itself.', de: 'Der Speicher verschlüsselt nicht von sich aus.' },
    foreignKey: {
      en: 'Encrypted with {algorithm} and a key of the vendor.',
      de: 'Verschlüsselt mit {algorithm} und einem Schlüssel des Anbieters.',
    },
  },
  judge({ encryption }, { ownKey }) {
    const { algorithm } = encryption
    if (algorithm === null) return [fail('encryption', 'encryption.algorithm', 'off')]
    if (ownKey && !encryption.ownKey) return [fail('encryption', 'encryption.ownKey', 'foreignKey', { algorithm })]
    return [pass('encryption', 'encryption.algorithm', 'on', { algorithm })]
  },
} satisfies Check<S3Facts, 'encryption', typeof params>
