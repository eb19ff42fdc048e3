import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { tenantAddress } from '../api/request.ts'
import { useTenant } from '../api/use-api.ts'

const models = ['catalog', 'component-definition', 'assessment-results', 'poam'] as const

/**
 * An edition as the four files of OSCAL.
 *
 * @param hasPlan without it nothing is open, and OSCAL has no plan without an item
 */
export function OscalFiles({ editionId, name, hasPlan }: { editionId: string; name: string; hasPlan: boolean }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  return (
    <Menu position="bottom-end" width={280} trapFocus withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="text-button" aria-label={t('edition.oscal.of', { name })}>
          OSCAL
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('edition.oscal.title')}</Menu.Label>
        {models.map((model) =>
          model === 'poam' && !hasPlan ? (
            <Menu.Item key={model} disabled>
              {t('edition.oscal.noPlan')}
            </Menu.Item>
          ) : (
            <Menu.Item
              key={model}
              component="a"
              href={tenantAddress(slug, 'edition.file', { editionId, format: `oscal-${model}` })}
              download
            >
              {t(`edition.oscal.${model}`)}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
