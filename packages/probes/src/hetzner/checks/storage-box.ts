import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import type { HetznerFacts } from '../facts.ts'
import { bears, databaseLabels } from '../labels.ts'

const params = z.object({ databaseLabels })

export const hzStorageBox = {
  id: 'hz.storage-box',
  version: 1,
  connector: 'hetzner',
  title: {
    en: 'The backup store is hardened and elsewhere',
    de: 'Der Sicherungsspeicher ist gehärtet und liegt anderswo',
  },
  why: {
    en: 'A backup that burns with the server, or that whoever took the server can delete, is none.',
    de: 'Eine Sicherung, die mit dem Server verbrennt oder die löschen kann, wer den Server übernommen hat, ist keine.',
  },
  remedy: {
    en: 'Take a storage box at another site, switch off Samba and WebDAV, and set up a plan for snapshots, which a client cannot delete.',
    de: 'Eine Storage Box an einem anderen Standort nehmen, Samba und WebDAV abschalten und einen Plan für Snapshots einrichten, die ein Client nicht löschen kann.',
  },
  severity: 'high',
  serves: [{ measure: 'backup-offsite', as: 'supports' }],
  params,
  reads: ['servers', 'storageBoxes'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: [
    'https://docs.hetzner.com/storage/storage-box/general/',
    'https://docs.hetzner.cloud/reference/hetzner#storage-boxes',
  ],
  pitfalls: [
    'The sources are the servers that bear a label of a database. Where none does, the place of the box is only told.',
    'Two names of locations are two sites (fsn1, nbg1, hel1); that both belong to one vendor remains a common cause of failure.',
    'Settings of sub-accounts are not read. Access from outside by SSH is what a backup from elsewhere needs, so it is told, not failed.',
    'A box that is being set up or is locked has no settings yet: told.',
  ],
  messages: {
    hardened: { en: '{name}: Samba and WebDAV are off.', de: '{name}: Samba und WebDAV sind aus.' },
    services: { en: '{name}: switched on: {services}', de: '{name}: eingeschaltet: {services}' },
    external: { en: '{name} can be reached from the internet.', de: '{name} ist aus dem Internet erreichbar.' },
    snapshots: { en: '{name}: {count} snapshots are kept.', de: '{name}: {count} Snapshots werden vorgehalten.' },
    noPlan: { en: '{name} has no plan for snapshots.', de: '{name} hat keinen Plan für Snapshots.' },
    elsewhere: {
      en: '{name} ({place}) stands at another site than the database servers.',
      de: '{name} ({place}) steht an einem anderen Standort als die Datenbankserver.',
    },
    together: {
      en: '{name} stands at {place}, where the database server {server} stands as well.',
      de: '{name} steht in {place}, wo auch der Datenbankserver {server} steht.',
    },
    sourceUnknown: {
      en: '{name} stands at {place}; no server bears a label of a database.',
      de: '{name} steht in {place}; kein Server trägt ein Label einer Datenbank.',
    },
    inactive: { en: '{name} is not in operation.', de: '{name} ist nicht in Betrieb.' },
  },
  judge({ servers, storageBoxes }, { databaseLabels: labels }) {
    const sources = servers
      .map((server, index) => ({ ...server, index }))
      .filter((server) => bears(server.labels, labels))
      .toSorted((a, b) => b.id - a.id)
    // The oldest of each place stays.
    const byPlace = new Map(sources.map((server) => [server.place.name, server]))
    return storageBoxes.flatMap((box, index): Verdict[] => {
      const { id, name, place } = box
      const subject = `storage-box:${id}`
      const path = `storageBoxes.${index}`
      if (!box.active) return [info(subject, `${path}.active`, 'inactive', { name })]
      const services = [...(box.samba ? ['Samba'] : []), ...(box.webdav ? ['WebDAV'] : [])].join(', ')
      const here = byPlace.get(place.name)
      return [
        (services === '' ? pass : fail)(
          `${subject}:access`,
          [`${path}.samba`, `${path}.webdav`],
          services === '' ? 'hardened' : 'services',
          { name, services },
        ),
        ...(box.reachableExternally
          ? [info(`${subject}:external`, `${path}.reachableExternally`, 'external', { name })]
          : []),
        box.planned === null
          ? fail(`${subject}:snapshots`, `${path}.planned`, 'noPlan', { name })
          : pass(`${subject}:snapshots`, `${path}.planned`, 'snapshots', { name, count: box.planned }),
        sources.length === 0
          ? info(`${subject}:place`, `${path}.place`, 'sourceUnknown', { name, place: place.name })
          : here === undefined
            ? pass(`${subject}:place`, `${path}.place`, 'elsewhere', { name, place: place.name })
            : fail(`${subject}:place`, [`${path}.place`, `servers.${here.index}.place`], 'together', {
                name,
                place: place.name,
                server: here.name,
              }),
      ]
    })
  },
} satisfies Check<HetznerFacts, 'servers' | 'storageBoxes', typeof params>
