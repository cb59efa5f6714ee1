/** Variables by name, as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a child gets of its parent's environment: nothing but what Windows cannot start a program without, and `added`. */
export function childEnvironment(
  environment: Environment,
  added: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { ...pickVariables(environment, ['SystemRoot', 'windir', 'TEMP', 'TMPDIR']), ...added };
}

/** The variables of these names, as far as they are set. */
export function pickVariables(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
