"""Settings of the property tests: enough examples to bite, few enough that the whole run stays short."""

from hypothesis import HealthCheck, settings

settings.register_profile("grammar", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("grammar")
