import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { ForgeFacts } from '../facts.ts'

const params = z.object({
  locations: field(z.array(z.string()).default(['EU', 'DE']), {
    label: { en: 'Places where data may lie', de: 'Orte, an denen Daten liegen dürfen' },
    help: { en: 'As Atlassian names them: EU, DE, US …', de: 'Wie Atlassian sie nennt: EU, DE, US …' },
  }),
  remotes: field(z.array(z.string()).default([]), {
    label: {
      en: 'Declared addresses outside Atlassian that store',
      de: 'Angegebene Adressen außerhalb von Atlassian, die speichern',
    },
  }),
})

export const forgeStorageLocations = {
  id: 'forge.storage-locations',
  version: 1,
  connector: 'forge',
  title: {
    en: 'The deployed Forge app stores data at declared places only',
    de: 'Die ausgelieferte Forge-App speichert Daten nur an angegebenen Orten',
  },
  why: {
    en: 'A store outside Atlassian takes data out of the environment of the customer, and needs an agreement and a place that the law allows.',
    de: 'Ein Speicher außerhalb von Atlassian nimmt Daten aus der Umgebung des Kunden heraus und braucht einen Vertrag und einen zulässigen Ort.',
  },
  remedy: {
    en: 'Keep data in the storage of Forge. Where a remote has to store, declare its address and the place, and name its operator as sub-processor.',
    de: 'Daten im Speicher von Forge halten. Muss ein Remote speichern, seine Adresse und den Ort angeben und den Betreiber als Unterauftragsverarbeiter nennen.',
  },
  severity: 'high',
  serves: [
    { measure: 'tenant-isolation', as: 'supports' },
    { measure: 'data-location-eu', as: 'proves' },
    { measure: 'data-minimisation', as: 'supports' },
    { measure: 'data-stays-with-customer', as: 'proves' },
  ],
  params,
  reads: ['deployed'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['GDPR Art. 44', 'ISO/IEC 27001:2022 A.5.23'],
  sources: ['https://developer.atlassian.com/platform/forge/data-residency/'],
  pitfalls: [
    'An app whose storage follows the place that each customer has chosen names all places of the platform: declare those that your customers may choose.',
    'Where Atlassian names no place, nothing is proven: it is told, never passed.',
    'A remote that only computes does not appear among the stores; where data are sent is the business of forge.egress.',
    'What a remote does with data is told by its manifest, not seen.',
  ],
  messages: {
    none: { en: 'The app stores nothing.', de: 'Die App speichert nichts.' },
    here: { en: 'Data may lie in {location}, as declared.', de: 'Daten dürfen in {location} liegen, wie angegeben.' },
    elsewhere: {
      en: 'Data may lie in {location}, which is not declared.',
      de: 'Daten dürfen in {location} liegen; das ist nicht angegeben.',
    },
    unnamed: { en: 'Atlassian names no place for {store}.', de: 'Atlassian nennt keinen Ort für {store}.' },
    remote: {
      en: 'The remote {store} stores at {address}, which is not declared.',
      de: 'Der Remote {store} speichert unter {address}; das ist nicht angegeben.',
    },
  },
  judge({ deployed: { storage } }, { locations, remotes }) {
    const { hosted } = storage
    if (hosted === null && storage.remotes.length === 0) return [pass('storage', 'deployed.storage', 'none')]
    const allowed = new Set(locations.map((one) => one.toLowerCase()))
    const declared = new Set(remotes.map(plain))
    const places = (store: string, because: string, found: readonly string[]): Verdict[] =>
      found.length === 0
        ? [info(store, because, 'unnamed', { store })]
        : [...new Set(found)].map((location) => {
            const isAllowed = allowed.has(location.toLowerCase())
            const verdict = isAllowed ? pass : fail
            return unlessDeclared(
              verdict(`${store} ${location}`, because, isAllowed ? 'here' : 'elsewhere', { location }),
              { list: 'locations', values: [location] },
            )
          })
    return [
      ...(hosted === null ? [] : places('hosted', 'deployed.storage.hosted', hosted.locations)),
      ...storage.remotes.flatMap(({ key, baseUrl, locations: found }, index) => {
        const because = `deployed.storage.remotes.${index}`
        if (!declared.has(plain(baseUrl)))
          return [fail(`remote:${key}`, because, 'remote', { store: key, address: baseUrl })]
        return places(`remote:${key}`, because, found)
      }),
    ]
  },
} satisfies Check<ForgeFacts, 'deployed', typeof params>

const plain = (address: string) => address.toLowerCase().replace(/\/+$/, '')
