import { z } from 'zod'
import { fail, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { S3Facts } from '../facts.ts'

/** Regions of Amazon, Azure (with Norway, which is in the EEA) and Hetzner in the EU. London and Zurich begin with "eu" and are not in the EU. */
const inTheEu = [
  ...'eu-central-1 eu-west-1 eu-west-3 eu-north-1 eu-south-1 eu-south-2 eusc-de-east-1 fsn1 nbg1 hel1'.split(' '),
  ...'austriaeast belgiumcentral denmarkeast francecentral francesouth germanynorth germanywestcentral'.split(' '),
  ...'italynorth northeurope norwayeast norwaywest polandcentral spaincentral swedencentral swedensouth westeurope'.split(
    ' ',
  ),
]

const params = z.object({
  regions: field(z.array(z.string()).default(inTheEu), {
    label: { en: 'Regions in which copies may lie', de: 'Regionen, in denen Kopien liegen dürfen' },
  }),
  sourceRegion: field(z.string().default(''), {
    label: { en: 'Region of what is backed up', de: 'Region des Gesicherten' },
    help: { en: 'Empty: not in this storage', de: 'Leer: nicht bei diesem Speicher' },
  }),
})

export const s3Location = {
  id: 'bucket.location',
  version: 2,
  connector: 's3',
  also: ['blob'],
  title: {
    en: 'The storage of the copies lies in a declared region',
    de: 'Der Speicher der Kopien liegt in einer angegebenen Region',
  },
  why: {
    en: 'Backups hold the same personal data as their source and often lie forgotten in another country.',
    de: 'Sicherungen enthalten dieselben personenbezogenen Daten wie ihre Quelle und liegen oft vergessen in einem anderen Land.',
  },
  remedy: {
    en: 'Make a bucket in a declared region, away from the source, move the copies and delete the old ones.',
    de: 'Einen Bucket in einer angegebenen Region abseits der Quelle anlegen, die Kopien umziehen und die alten löschen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'data-location-eu', as: 'supports' },
    { measure: 'backup-offsite', as: 'supports' },
  ],
  params,
  reads: ['place'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['GDPR Art. 44', 'ISO/IEC 27001:2022 A.8.14'],
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html',
    'https://learn.microsoft.com/en-us/azure/storage/common/storage-redundancy',
  ],
  pitfalls: [
    'A name that begins with "eu" is not enough: eu-west-2 is London, eu-central-2 is Zurich.',
    'The answer is a name that the vendor gives; where the house stands belongs into the contract.',
    'Azure names the region to which it copies by itself, and that one has to be declared, too. Replication that was set up by rules is not looked at.',
  ],
  messages: {
    inside: { en: 'The copies lie in {region}.', de: 'Die Kopien liegen in {region}.' },
    outside: {
      en: 'The copies lie in {region}, which is not declared.',
      de: 'Die Kopien liegen in {region}; das ist nicht angegeben.',
    },
    secondOutside: {
      en: 'The storage copies to {region}, which is not declared.',
      de: 'Der Speicher kopiert nach {region}; das ist nicht angegeben.',
    },
    together: { en: 'Source and copies lie in {region}.', de: 'Quelle und Kopien liegen in {region}.' },
  },
  judge({ place: { region, secondary } }, { regions, sourceRegion }) {
    const because = 'place.region'
    const isInside = regions.includes(region)
    const declared = { list: 'regions', values: [region] } as const
    const first =
      region === sourceRegion
        ? fail('region', because, 'together', { region })
        : unlessDeclared(
            (isInside ? pass : fail)('region', because, isInside ? 'inside' : 'outside', { region }),
            declared,
          )
    // Facts of before this was asked have no such field.
    if (!secondary || regions.includes(secondary)) return [first]
    const second = fail('second region', 'place.secondary', 'secondOutside', { region: secondary })
    return [first, unlessDeclared(second, { list: 'regions', values: [secondary] })]
  },
} satisfies Check<S3Facts, 'place', typeof params>
