import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { TlsFacts } from '../facts.ts'

const params = z.object({
  expected: field(z.boolean().default(false), {
    label: {
      en: 'This endpoint promises login by certificate',
      de: 'Dieser Endpunkt sagt Anmeldung per Zertifikat zu',
    },
  }),
})

export const tlsClientCert = {
  id: 'tls.client-cert',
  version: 1,
  connector: 'tls',
  title: { en: 'No session without a client certificate', de: 'Keine Sitzung ohne Client-Zertifikat' },
  why: {
    en: 'Where sign-in by certificate is promised, a client without one must not get in.',
    de: 'Wo Anmeldung per Zertifikat zugesagt ist, darf ein Client ohne Zertifikat nicht hineinkommen.',
  },
  remedy: {
    en: 'Require client certificates on this port (nginx: ssl_verify_client on), not only ask for them.',
    de: 'Client-Zertifikate an diesem Port verlangen (nginx: ssl_verify_client on), nicht nur erfragen.',
  },
  severity: 'high',
  serves: [{ measure: 'key-based-login', as: 'proves' }],
  params,
  reads: ['clientCertificate'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.5'],
  sources: ['https://www.rfc-editor.org/rfc/rfc8446#section-4.3.2'],
  pitfalls: [
    'A public web site needs no client certificate: without the parameter the missing wish is only told, not held against it.',
    'A server that asks for a certificate but serves without one fails: asking is not requiring.',
    'A web server may let the handshake pass and refuse by status 401 or 403 later; that is not seen here.',
  ],
  messages: {
    required: { en: 'A client without a certificate is refused.', de: 'Ein Client ohne Zertifikat wird abgewiesen.' },
    optional: {
      en: 'A certificate is asked for, but not needed.',
      de: 'Ein Zertifikat wird erfragt, aber nicht verlangt.',
    },
    'not-required': { en: 'A client needs no certificate.', de: 'Ein Client braucht kein Zertifikat.' },
  },
  judge({ clientCertificate: { wish } }, { expected }) {
    const say = wish === 'required' ? pass : expected ? fail : info
    return [say('client', 'clientCertificate.wish', wish)]
  },
} satisfies Check<TlsFacts, 'clientCertificate', typeof params>
