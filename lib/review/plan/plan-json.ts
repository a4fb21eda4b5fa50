/** A resource's change, as the plan has it. */
export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string | null;
  readonly module_address?: string | null;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  /** The key of `count` or `for_each`. */
  readonly index?: string | number | null;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
  };
}

/** A resource of the plan's configuration, as far as this program reads it. */
export interface ConfigurationResource {
  readonly address: string;
  /** The provider configuration that it uses: `aws`, or with an alias `aws.other`. */
  readonly provider_config_key?: unknown;
  readonly expressions?: Readonly<Record<string, unknown>>;
  readonly for_each_expression?: unknown;
  readonly provisioners?: unknown;
}

/** A module of the plan's configuration, as far as this program reads it. */
export interface ConfigurationModule {
  readonly resources?: readonly ConfigurationResource[];
  readonly outputs?: Readonly<Record<string, { readonly expression?: unknown }>>;
  readonly module_calls?: Readonly<
    Record<
      string,
      {
        readonly expressions?: Readonly<Record<string, unknown>>;
        readonly module?: ConfigurationModule;
      }
    >
  >;
}
