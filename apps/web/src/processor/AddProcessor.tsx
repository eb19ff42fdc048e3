import { Checkbox, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { useLanguage } from '../language/use-language.ts'
import { emptyFields, ProcessorForm } from './ProcessorForm.tsx'
import { stale } from './processor-view.ts'
import type { ProcessorView } from './processor-view.ts'

/** Adds a processor, from a template or from nothing. */
export function AddProcessor({ processors, onDone }: { processors: readonly ProcessorView[]; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const templates = useRead('processor.templates', {})
  const [template, setTemplate] = useState('')
  const [isPlanned, setPlanned] = useState(false)
  const adding = useChange('processor.add', {
    stale,
    quiet: true,
    onDone: ({ processorId }) => {
      onDone()
      void navigate({ to: '/t/$slug/processor/$processorId', params: { slug, processorId } })
    },
  })
  return (
    <Loaded read={templates}>
      {({ templates: all, seen }) => {
        const chosen = all.find((one) => one.template === template)
        const begin = chosen
          ? {
              ...emptyFields,
              name: chosen.name,
              address: chosen.address,
              contactAt: chosen.contactAt,
              services: chosen[language].services,
              purpose: chosen[language].purpose,
              links: chosen.links,
            }
          : emptyFields
        return (
          <>
            <div className="form">
              <NativeSelect
                label={t('processor.template')}
                description={
                  chosen
                    ? t('processor.templateSeen', { month: seen, source: chosen.source })
                    : t('processor.templateHint')
                }
                value={template}
                onChange={(event) => setTemplate(event.currentTarget.value)}
                data={[
                  { value: '', label: t('processor.noTemplate') },
                  ...all.map((one) => ({ value: one.template, label: one.name })),
                ]}
              />
              <Checkbox
                label={t('processor.isPlanned')}
                description={t('processor.isPlannedHint')}
                checked={isPlanned}
                onChange={(event) => setPlanned(event.currentTarget.checked)}
              />
            </div>
            <ProcessorForm
              key={template}
              begin={begin}
              processors={processors}
              label={t('processor.add')}
              isSending={adding.isPending}
              error={adding.error}
              onSend={(fields) =>
                adding.mutate({ ...fields, isPlanned, ...(chosen ? { template: chosen.template } : {}) })
              }
            />
          </>
        )
      }}
    </Loaded>
  )
}
