import { defineErrors } from '../kernel/index.ts'

/** What may be refused with a domain of a tenant's own. */
export const siteErrors = defineErrors('site', {
  bad_domain: {
    status: 400,
    en: 'This is no domain of your own. Enter a name such as trust.example.com, without https:// and without a port.',
    de: 'Das ist keine eigene Domain. Geben Sie einen Namen wie trust.example.com ein, ohne https:// und ohne Port.',
  },
  own_host: {
    status: 409,
    en: 'art32 itself is reached at this domain. Choose another one.',
    de: 'Unter dieser Domain wird art32 selbst erreicht. Wählen Sie eine andere.',
  },
  none: {
    status: 404,
    en: 'No domain is set. Set one first.',
    de: 'Es ist keine Domain eingestellt. Stellen Sie zuerst eine ein.',
  },
})
