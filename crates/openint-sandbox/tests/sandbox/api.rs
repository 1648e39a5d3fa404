use openint_sandbox::Sandbox;
