import { Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useInstallationChange } from '../api/use-api.ts'
import { CredentialForm } from './CredentialForm.tsx'
import { CredentialRow } from './CredentialRow.tsx'
import { Credentials } from './Credentials.tsx'

type Certificate = Output<'certificate.list'>['certificates'][number]

/** The TLS client certificates that sign one in. */
export function Certificates() {
  const { t } = useTranslation()
  const certificates = useQuery({
    queryKey: keyOf(null, 'certificate.list'),
    queryFn: ({ signal }) => call('certificate.list', {}, null, signal),
    select: ({ certificates }) => certificates,
  })
  return (
    <Credentials
      id="own-certificates"
      title={t('certificate.title')}
      lead={t('certificate.lead')}
      read={certificates}
      form={<AddCertificate />}
    >
      {(one) => <CertificateRow key={one.certificateId} certificate={one} />}
    </Credentials>
  )
}

function CertificateRow({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation()
  const removing = useInstallationChange('certificate.remove', { stale: ['certificate.list'] })
  const { certificateId, name, fingerprint, notAfter, lastUse } = certificate
  return (
    <CredentialRow
      name={name}
      endsAt={notAfter}
      lastUse={lastUse}
      button={{
        word: t('certificate.remove'),
        label: t('certificate.removeWhich', { name }),
        onClick: () => removing.mutate({ certificateId }),
        loading: removing.isPending,
      }}
    >
      {t('certificate.fingerprint')} <code>{fingerprint.match(/../g)?.join(':')}</code>
    </CredentialRow>
  )
}

function AddCertificate() {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [pem, setPem] = useState('')
  const adding = useInstallationChange('certificate.add', {
    stale: ['certificate.list'],
    quiet: true,
    onDone: () => {
      setName('')
      setPem('')
    },
  })
  return (
    <CredentialForm
      title={t('certificate.new')}
      name={name}
      onName={setName}
      submit={t('certificate.add')}
      ready={pem.trim() !== ''}
      pending={adding.isPending}
      onSubmit={() => adding.mutate({ name: name.trim(), pem })}
    >
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
    </CredentialForm>
  )
}
