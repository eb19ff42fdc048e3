import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { authorityName } from './authority-name.ts'
import { fromField, stale, toField } from './incident-view.ts'
import type { CaseView } from './incident-view.ts'

const severities = ['low', 'medium', 'high', 'critical'] as const
const roles = ['controller', 'processor', 'both'] as const

/** How severe, in which role, since when: what every clock begins with. */
export function Triage({ incident, onDone }: { incident: CaseView; onDone: () => void }) {
  const { t } = useTranslation()
  const settings = useRead('incident.settings', {})
  const directory = useRead('incident.authorities', {})
  const [title, setTitle] = useState(incident.title)
  const [severity, setSeverity] = useState(incident.severity ?? 'medium')
  const [role, setRole] = useState(incident.role ?? 'controller')
  const [aware, setAware] = useState(toField(incident.awareAt))
  const [authority, setAuthority] = useState(incident.authority ?? '')
  const [reason, setReason] = useState('')
  const saving = useChange('incident.triage', { stale, quiet: true, onDone })
  const own = settings.data?.authority ?? ''
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({
          incidentId: incident.incidentId,
          title,
          severity,
          role,
          awareAt: fromField(aware),
          authority: authority === '' ? null : authority,
          reason,
        })
      }}
    >
      <TextInput
        required
        minLength={3}
        maxLength={200}
        label={t('incident.titleLabel')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('incident.severityLabel')}
        value={severity}
        onChange={(event) => setSeverity(severities.find((one) => one === event.currentTarget.value) ?? 'medium')}
        data={severities.map((value) => ({ value, label: t(`severity.${value}`) }))}
      />
      <NativeSelect
        label={t('incident.roleLabel')}
        description={t('incident.roleHint')}
        value={role}
        onChange={(event) => setRole(roles.find((one) => one === event.currentTarget.value) ?? 'controller')}
        data={roles.map((value) => ({ value, label: t(`incident.role.${value}`) }))}
      />
      <TextInput
        type="datetime-local"
        label={t('incident.awareLabel')}
        description={t('incident.awareHint')}
        value={aware}
        onChange={(event) => setAware(event.currentTarget.value)}
      />
      <div className="actions">
        <Button onClick={() => setAware(toField(new Date().toISOString()))}>{t('incident.now')}</Button>
      </div>
      {role === 'processor' ? null : (
        <NativeSelect
          label={t('incident.authorityLabel')}
          description={t('incident.authorityHint')}
          value={authority === '' ? own : authority}
          onChange={(event) => setAuthority(event.currentTarget.value)}
          data={[
            { value: '', label: t('incident.noAuthority') },
            ...(directory.data?.authorities ?? []).map((one) => ({ value: one.id, label: authorityName(one) })),
          ]}
        />
      )}
      {incident.triagedAt === null ? null : (
        <Textarea
          autosize
          maxLength={1_000}
          label={t('incident.changeReason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {saving.error ? (
        <p role="alert" className="bad">
          {sentenceOf(saving.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={saving.isPending}>
          {t('incident.save')}
        </Button>
      </div>
    </form>
  )
}
