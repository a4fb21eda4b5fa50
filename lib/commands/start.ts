#!/usr/bin/env node
/** Starts the command, which Node from version 22 on keeps compiled from run to run. */
import module from "node:module";

// It must be on before anything large is loaded. Older versions do not have it.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
void import("./program");
