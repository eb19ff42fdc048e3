import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RegisterView } from '../api/api.ts'
import { Problem } from '../api/problem.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Register } from './Register.tsx'
import './register.css'

/** The main page of a tenant: its TOM document, with the proof in the margin. */
export function DocumentPage() {
  const register = useRead('register.show', {})
  const none = register.error instanceof Problem && register.error.code === 'measure.no_register'
  const { t } = useTranslation()
  if (none) return <NoRegister />
  if (!register.data) {
    return (
      <Page title={t('frame.document')}>
        <Loaded read={register}>{() => null}</Loaded>
      </Page>
    )
  }
  return <Document register={register.data} />
}

function NoRegister() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const mayWrite = useMay('register:write')
  return (
    <Page title={t('document.none')} lead={t('document.noneLead')}>
      <ol className="steps">
        {(['read', 'confirm', 'connect', 'publish'] as const).map((step) => (
          <li key={step}>{t(`document.step.${step}`)}</li>
        ))}
      </ol>
      {mayWrite ? (
        <Button variant="filled" renderRoot={(props) => <Link to="/t/$slug/read" params={{ slug }} {...props} />}>
          {t('document.start')}
        </Button>
      ) : null}
    </Page>
  )
}

function Document({ register }: { register: RegisterView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { document } = register
  const title = document.title ?? document.name
  return (
    <Page
      wide
      title={title}
      lead={
        <p className="lead">
          {[
            document.version === null ? null : t('document.version', { version: document.version }),
            document.dated === null
              ? t('document.undated')
              : t('document.dated', { day: day(document.dated, language) }),
            t('document.readOn', { day: day(document.readAt, language), name: document.name }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      }
    >
      <Register register={register} title={title} />
    </Page>
  )
}
