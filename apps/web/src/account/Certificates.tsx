import { Button, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useChange } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { isOver } from './TokenRow.tsx'
import './members.css'

type Certificate = Output<'certificate.list'>['certificates'][number]

/** The TLS client certificates that sign one in. */
export function Certificates() {
  const { t } = useTranslation()
  const certificates = useQuery({
    queryKey: keyOf(null, 'certificate.list'),
    queryFn: ({ signal }) => call('certificate.list', {}, null, signal),
  })
  return (
    <section className="section" aria-labelledby="own-certificates">
      <h2 id="own-certificates">{t('certificate.title')}</h2>
      <p>{t('certificate.lead')}</p>
      <Loaded read={certificates}>
        {({ certificates }) =>
          certificates.length === 0 ? null : (
            <ul className="rows">
              {certificates.map((one) => (
                <CertificateRow key={one.certificateId} certificate={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <AddCertificate />
    </section>
  )
}

function CertificateRow({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const removing = useChange('certificate.remove', { stale: ['certificate.list'] })
  const { certificateId, name, fingerprint, notAfter, lastUse } = certificate
  const hasEnded = isOver(notAfter)
  return (
    <li className="row member">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        <p className="note quiet">
          {[
            t(hasEnded ? 'token.ended' : 'token.ends', { day: day(notAfter, language) }),
            lastUse === null ? t('token.unused') : t('token.used', { moment: moment(lastUse, language) }),
          ].join(' · ')}
        </p>
        <p className="note quiet">
          {t('certificate.fingerprint')} <code>{fingerprint.match(/../g)?.join(':')}</code>
        </p>
      </div>
      <Button
        variant="default"
        loading={removing.isPending}
        onClick={() => removing.mutate({ certificateId })}
        aria-label={t('certificate.removeWhich', { name })}
      >
        {t('certificate.remove')}
      </Button>
    </li>
  )
}

function AddCertificate() {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [pem, setPem] = useState('')
  const adding = useChange('certificate.add', {
    stale: ['certificate.list'],
    quiet: true,
    onDone: () => {
      setName('')
      setPem('')
    },
  })
  return (
    <>
      <h3 className="form-title">{t('certificate.new')}</h3>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate({ name: name.trim(), pem })
        }}
      >
        <TextInput
          label={t('token.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={100}
          autoComplete="off"
        />
        <Textarea
          label={t('certificate.pem')}
          description={t('certificate.pemHint')}
          value={pem}
          onChange={(event) => setPem(event.currentTarget.value)}
          error={adding.error ? sentenceOf(adding.error, t) : undefined}
          required
          withAsterisk={false}
          minRows={4}
          maxRows={12}
          autosize
          spellCheck={false}
          autoComplete="off"
        />
        <Button type="submit" loading={adding.isPending} disabled={name.trim() === '' || pem.trim() === ''}>
          {t('certificate.add')}
        </Button>
      </form>
    </>
  )
}
