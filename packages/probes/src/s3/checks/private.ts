import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { S3Facts } from '../facts.ts'

export const s3Private = {
  id: 'bucket.private',
  version: 1,
  connector: 's3',
  title: {
    en: 'Strangers cannot read the copies in the storage',
    de: 'Fremde können die Kopien im Speicher nicht lesen',
  },
  why: {
    en: 'A public bucket with backups is the whole database on the internet.',
    de: 'Ein öffentlicher Bucket mit Sicherungen ist die ganze Datenbank im Internet.',
  },
  remedy: {
    en: 'Block public access for the bucket, remove the public policy or grant, and treat the time in which it was open as a breach.',
    de: 'Öffentlichen Zugriff für den Bucket sperren, die öffentliche Richtlinie oder Freigabe entfernen und die offene Zeit als Datenschutzverletzung behandeln.',
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
  sources: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'],
  pitfalls: [
    'A public policy or list that the bucket is told to disregard makes nothing public: told.',
    'A block of the whole account is not seen here; without one of the bucket it is told that nothing guards it.',
    'Lists of single objects, access points and signed addresses are not looked at.',
  ],
  messages: {
    closed: { en: 'Neither policy nor list opens the bucket.', de: 'Weder Richtlinie noch Liste öffnet den Bucket.' },
    policy: { en: 'A policy opens the bucket to everybody.', de: 'Eine Richtlinie öffnet den Bucket für alle.' },
    acl: { en: 'A list opens the bucket to everybody.', de: 'Eine Liste öffnet den Bucket für alle.' },
    disregarded: {
      en: 'A public policy or list is there and is disregarded.',
      de: 'Eine öffentliche Richtlinie oder Liste ist da und bleibt ohne Wirkung.',
    },
    unguarded: {
      en: 'Nothing at the bucket would stop it from being made public.',
      de: 'Am Bucket verhindert nichts, dass er öffentlich gemacht wird.',
    },
  },
  judge({ exposure }) {
    const { publicPolicy, publicAcl, ignoresPublicAcls, restrictsPublicPolicy } = exposure
    const policy = ['exposure.publicPolicy', 'exposure.restrictsPublicPolicy']
    const acl = ['exposure.publicAcl', 'exposure.ignoresPublicAcls']
    const openPolicy = publicPolicy && !restrictsPublicPolicy
    const openAcl = publicAcl && !ignoresPublicAcls
    return [
      ...(openPolicy ? [fail('policy', policy, 'policy')] : []),
      ...(openAcl ? [fail('list', acl, 'acl')] : []),
      ...(openPolicy || openAcl ? [] : [pass('bucket', [...policy, ...acl], 'closed')]),
      ...(!openPolicy && !openAcl && (publicPolicy || publicAcl)
        ? [info('disregarded', [...policy, ...acl], 'disregarded')]
        : []),
      ...(ignoresPublicAcls && restrictsPublicPolicy
        ? []
        : [info('guard', ['exposure.restrictsPublicPolicy', 'exposure.ignoresPublicAcls'], 'unguarded')]),
    ]
  },
} satisfies Check<S3Facts, 'exposure', typeof noParams>
