import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Reason } from './Reason.tsx'

type Certificate = Output<'profile.show'>['certificates'][number]

const stale = ['profile.show'] as const

/** Certificates and reports of others, such as ISO 27001. */
export function Certificates({ certificates }: { certificates: readonly Certificate[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const removing = useChange('profile.remove_certificate', { stale, quiet: true })
  return (
    <section className="section" aria-labelledby="certificates">
      <h2 id="certificates">{t('public.certificates')}</h2>
      {certificates.length === 0 ? <p className="quiet">{t('public.noCertificates')}</p> : null}
      <ul className="rows">
        {certificates.map(({ certificateId, name, issuer, number, validUntil, isExpired }) => (
          <li key={certificateId} className="row">
            <div className="row-main">
              <span className="row-title">{name}</span>
              <p className="note quiet">
                {issuer}
                {number === null ? null : ` · ${number}`} ·{' '}
                {t(isExpired ? 'public.expired' : 'public.validUntil', { day: day(validUntil, language) })}
              </p>
              {mayWrite ? (
                <Reason
                  label={t('public.remove')}
                  about={t('public.removeWhat', { name })}
                  isPending={removing.isPending}
                  error={removing.error}
                  onReason={(reason) => removing.mutate({ certificateId, reason })}
                />
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <details className="public-more">
          <summary>{t('public.addCertificate')}</summary>
          <AddCertificate />
        </details>
      ) : null}
    </section>
  )
}

const empty = { name: '', issuer: '', number: '', scope: '', url: '', validFrom: '', validUntil: '', reason: '' }

function AddCertificate() {
  const { t } = useTranslation()
  const [given, setGiven] = useState(empty)
  const adding = useChange('profile.add_certificate', { stale, quiet: true, onDone: () => setGiven(empty) })
  const field = (name: keyof typeof empty, { type = 'text', required = false } = {}) => (
    <TextInput
      label={t(`public.certificate.${name}`)}
      type={type}
      value={given[name]}
      onChange={(event) => setGiven({ ...given, [name]: event.currentTarget.value })}
      required={required}
      withAsterisk={false}
      maxLength={500}
      autoComplete="off"
    />
  )
  const or = (text: string) => (text.trim() === '' ? null : text.trim())
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const { name, issuer, number, scope, url, validFrom, validUntil, reason } = given
        adding.mutate({
          name: name.trim(),
          issuer: issuer.trim(),
          number: or(number),
          scope: or(scope),
          url: or(url),
          validFrom: or(validFrom),
          validUntil,
          reason: reason.trim(),
        })
      }}
    >
      {field('name', { required: true })}
      {field('issuer', { required: true })}
      {field('number')}
      {field('scope')}
      {field('url', { type: 'url' })}
      {field('validFrom', { type: 'date' })}
      {field('validUntil', { type: 'date', required: true })}
      {field('reason', { required: true })}
      {adding.error ? (
        <p className="refused" role="alert">
          {sentenceOf(adding.error, t)}
        </p>
      ) : null}
      <Button type="submit" loading={adding.isPending}>
        {t('public.addCertificate')}
      </Button>
    </form>
  )
}
