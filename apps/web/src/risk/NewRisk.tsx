import { NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { useLanguage } from '../language/use-language.ts'
import { RiskForm } from './RiskForm.tsx'
import type { Said } from './RiskForm.tsx'

type Template = Output<'risk.templates'>['templates'][number]

/** Notes a risk, from a template or from nothing; what is estimated is never given. */
export function NewRisk() {
  const { t } = useTranslation()
  const templates = useRead('risk.templates', {})
  const [chosen, setChosen] = useState('')
  const language = useLanguage()
  return (
    <Loaded read={templates}>
      {({ templates: found }) => (
        <div className="stack risk-form">
          <NativeSelect
            label={t('risk.template')}
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[
              { value: '', label: t('risk.ownText') },
              ...found.map(({ template, title }) => ({ value: template, label: title[language] })),
            ]}
          />
          <Add key={chosen} template={found.find(({ template }) => template === chosen)} />
        </div>
      )}
    </Loaded>
  )
}

function Add({ template }: { template: Template | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const adding = useChange('risk.add', {
    stale: ['risk.list'],
    quiet: true,
    onDone: ({ riskId }) => void navigate({ to: '/t/$slug/risk/$riskId', params: { slug, riskId } }),
  })
  const first: Said = {
    title: template?.title[language] ?? '',
    scenario: template?.scenario[language] ?? '',
    events: [...(template?.events ?? [])],
    processing: '',
    before: { likelihood: 2, severity: 2 },
    after: { likelihood: 2, severity: 2 },
    measures: [...(template?.measures ?? [])],
    reason: '',
  }
  return (
    <RiskForm
      first={first}
      problem={adding.error ? sentenceOf(adding.error, t) : undefined}
      isSaving={adding.isPending}
      onSave={(said) => adding.mutate(said)}
    />
  )
}
