import { editionFor } from '@art32/press'
import type { EditionDocument } from '@art32/press'
import type { Profile } from '../profile/index.ts'
import type { Place } from './sheet.ts'

/**
 * The edition in the words of schema.org, as a file of its own: JSON-LD in the page would be a script element, and the page
 * has none. Says nothing that the page does not.
 */
export function linkedData(whole: EditionDocument, { base }: Place, baseUrl: string, profile: Profile): string {
  const { tenant, title, number, date, language, legalFrame, state } = editionFor('public', whole)
  const at = `${baseUrl}${base}`
  const file = (name: string, type: string) => ({
    '@type': 'MediaObject',
    contentUrl: `${at}/${name}`,
    encodingFormat: type,
  })
  const data = {
    '@context': 'https://schema.org',
    '@type': 'DigitalDocument',
    '@id': number === null ? at : `${at}/editions/${number}`,
    url: at,
    name: title,
    version: number,
    creativeWorkStatus: state === 'edition' ? 'Published' : 'Draft',
    datePublished: date,
    inLanguage: language,
    about: legalFrame,
    publisher: {
      '@type': 'Organization',
      '@id': `${at}#publisher`,
      identifier: tenant.publicId,
      name: tenant.name,
      ...heldBy(profile),
    },
    encoding: [
      file('edition.pdf', 'application/pdf'),
      file('edition.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
      file('edition.json', 'application/json'),
      file('state.json', 'application/json'),
      file('bundle.zip', 'application/zip'),
    ],
  }
  return `${JSON.stringify(data, null, 1)}\n`
}

/** The contact and the certificates of whoever publishes. */
function heldBy({ contact, certificates }: Profile) {
  const held = certificates.map(({ name, issuer, number, validFrom, validUntil, url }) => ({
    '@type': 'Certification',
    name,
    issuedBy: { '@type': 'Organization', name: issuer },
    ...(number === null ? {} : { certificationIdentification: number }),
    ...(validFrom === null ? {} : { validFrom }),
    expires: validUntil,
    ...(url === null ? {} : { url }),
  }))
  const points = (contact?.contacts ?? []).map((one) => ({
    '@type': 'ContactPoint',
    contactType: 'security',
    ...(one.startsWith('mailto:')
      ? { email: one.slice('mailto:'.length) }
      : one.startsWith('tel:')
        ? { telephone: one.slice('tel:'.length) }
        : { url: one }),
  }))
  return {
    ...(held.length === 0 ? {} : { hasCertification: held }),
    ...(points.length === 0 ? {} : { contactPoint: points }),
  }
}
