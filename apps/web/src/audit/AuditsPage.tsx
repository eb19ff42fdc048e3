import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { AuditView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** Reviews of all measures and internal audits of a sample, with what is open in each. */
export function AuditsPage() {
  const { t } = useTranslation()
  const list = useRead('audit.list', {})
  const mayWrite = useMay('register:write')
  const [opened, setOpened] = useState(false)
  return (
    <Page
      title={t('audit.title')}
      lead={t('audit.lead')}
      actions={mayWrite ? <Button onClick={() => setOpened(true)}>{t('audit.plan')}</Button> : undefined}
    >
      <Loaded read={list}>{({ audits }) => <All audits={audits} />}</Loaded>
      <Dialog title={t('audit.plan')} opened={opened} onClose={() => setOpened(false)}>
        <Plan />
      </Dialog>
    </Page>
  )
}

function All({ audits }: { audits: readonly AuditView[] }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  if (audits.length === 0) return <p>{t('audit.none')}</p>
  return (
    <ul className="rows">
      {audits.map((audit) => (
        <li key={audit.auditId} className="row">
          <div className="row-main">
            <h2 className="row-title">
              <Link to="/t/$slug/audit/$auditId" params={{ slug, auditId: audit.auditId }} search={{}}>
                {audit.title}
              </Link>
            </h2>
            <Standing audit={audit} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** How an audit stands, in one line. */
export function Standing({ audit }: { audit: AuditView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { kind, state, plannedOn, signedAt, items, undecided, findings, toDo } = audit
  const parts = [
    t(`audit.kind.${kind}`),
    t(`audit.state.${state}`),
    signedAt === null ? t('audit.plannedFor', { day: day(plannedOn, language) }) : day(signedAt, language),
    ...(state === 'open' ? [t('audit.undecided', { undecided, count: items })] : []),
    ...(findings > 0 ? [t('audit.findings', { count: findings })] : []),
  ]
  return (
    <p>
      {parts.join(' · ')}
      {state === 'signed' && toDo > 0 ? <span className="waiting"> · {t('audit.toDo', { count: toDo })}</span> : null}
    </p>
  )
}

function Plan() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const [kind, setKind] = useState<'review' | 'internal'>('review')
  const [title, setTitle] = useState(() => t('audit.firstTitle', { year: new Date().getFullYear() }))
  const [scope, setScope] = useState('')
  const [plannedOn, setPlannedOn] = useState(() => new Date().toISOString().slice(0, 10))
  const planning = useChange('audit.plan', {
    stale: ['audit.list'],
    quiet: true,
    onDone: ({ auditId }) => void navigate({ to: '/t/$slug/audit/$auditId', params: { slug, auditId }, search: {} }),
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        planning.mutate({ kind, title, scope, plannedOn })
      }}
    >
      <NativeSelect
        label={t('audit.which')}
        description={t(`audit.about.${kind}`)}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value === 'internal' ? 'internal' : 'review')}
        data={[
          { value: 'review', label: t('audit.kind.review') },
          { value: 'internal', label: t('audit.kind.internal') },
        ]}
      />
      <TextInput
        label={t('audit.name')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        required
        withAsterisk={false}
        minLength={3}
        maxLength={200}
      />
      <Textarea
        label={t('audit.scope')}
        value={scope}
        onChange={(event) => setScope(event.currentTarget.value)}
        maxLength={2_000}
        autosize
        minRows={2}
      />
      <TextInput
        type="date"
        label={t('audit.plannedOn')}
        value={plannedOn}
        onChange={(event) => setPlannedOn(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      {planning.error ? (
        <p role="alert" className="bad">
          {sentenceOf(planning.error, t)}
        </p>
      ) : null}
      <Button type="submit" loading={planning.isPending}>
        {t('audit.plan')}
      </Button>
    </form>
  )
}
