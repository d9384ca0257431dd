// Source: words that occur twice or more in the English, French or Spanish labels of Sabil's own taxonomy of social
// protection, accents folded, function words left out; licence as the project; 2026-11.

/// Content words of the domain by language, by which short queries and titles are told apart.
///
/// A word of several languages stands in several lists: it then speaks for each of them less, or for none.
enum DomainWords {
    static let english = """
        accidents action activation active actuarial adaptation adaptive adequacy administration adolescents adults \
        affected africa african age aged ageing agreements agricultural agriculture aid aids allowance america \
        analysis appeals approach arab asia assessment assets assistance asylum audit austerity based basic \
        beneficiary benefit benefits birth building capacity capital card care caribbean case cash central cfw \
        change child childhood children citizens civil climate cohesion communication community complaints \
        compliance conditional conditions conflict continent contract contributory cooperation coordination \
        corruption cost costing coupons coverage covid creation crisis cycle data database decent decentralisation \
        delivery demographic design development dialogue digital disabilities disability disabled disaster displaced \
        displacement distribution domestic early east eastern eca economic economy education effectiveness \
        eligibility emergency employment empowerment energy enrolment error ethnic europe evaluation exchange \
        exclusion exemptions exit expansion expenditure extension extreme families family fee feeding financed \
        financial financing fiscal fishers food forced formal fragile framework fraud fuel fund funeral gap gender \
        general girls global goals governance graduation grant grants green groups growth guarantee guaranteed \
        health hiv home homeless household households housing human humanitarian hunger identification impact \
        incentives inclusion inclusive income index indicators indigenous inequality inflation informal information \
        injury input insurance integrated interoperability invalidity ispa job jobs kind knowledge labour latin law \
        learning leave legal life literacy livelihoods living local management mapping market maternity means \
        mechanisms microinsurance middle migrant migrants migration minimum minorities mobile money monitoring \
        mothers national nets new nexus north nutrition old older orphans outreach pacific parental participation \
        passive pastoralists paternity pay payment payments pension pensions people peoples persons pes platform \
        policies policy political poor population portability poverty prices privacy productive programme programmes \
        protection proxy psychosocial public rations redistribution reduction referral reform refugees regimes \
        region registration registry resilience response responsive retirement right rights risk risks rural sadc \
        safety sahel sanitation savings scheme schemes school sdg search sector security seekers selection self \
        sensitive servants services sharing shock sick single skills smallholders social solidarity south southern \
        space stamps standards state states strategies strategy street strengthening subsidies subsidy support \
        system systems take targeted targeting tax taxation test testing tools training transfer transfers \
        transformation transformative transition ultra unconditional unemployment unico union universal urban usp \
        value violence vouchers vulnerability vulnerable wage waiver water welfare west western women work workers \
        working works young youth
        """
    static let french = """
        abri accidents accompagnement accords actifs action activation actives actuarielle adaptation adequation \
        adolescentes adolescents adultes afrique age agees agriculture aide alimentaire alimentaires alimentation \
        allocation allocations amerique analyse approche arabes argent asie asile assistance assurance audit \
        austerite autochtones autonomisation avantages base beneficiaires bons budgetaire capital caraibes \
        cartographie cas catastrophe centrale changement chocs chomage ciblage civil climatique cohesion \
        communautaire communication conception condition conditionnels conditionnes conditions conflits conge \
        continent contrat contributive controle cooperation coordination corruption coupons cout couts couverture \
        covid creation crise croissance cycle decent decentralisation demandeurs demographique deplacement deplaces \
        developpement diagnostic dialogue distribution domestique domicile donnees droits eau eca economie \
        economique education efficacite egalite electroniques eligibilite emploi emplois enceintes enfance enfant \
        enfants enregistrement epargne erreur erreurs espace especes etat etats ethniques europe evaluation \
        exclusion existence expansion exploitants extension extreme familial familiales familles femmes filets \
        filles financement financiere fiscal fiscalite fonctionnaires fondee fonds force formation fragiles frais \
        fraude garanti garantie garde generale genre gestion global gouvernance graduation groupes handicap \
        handicapees humain humanitaire humanitaires identification impact inclusion inclusive inconditionnels \
        indemnites inflation information informel informelle inscription internes interoperabilite intrants \
        invalidite ispa jeunes juste latine logement main maladie marche maternite mecanismes menages migrants \
        migration minimum minorites mise mobile monetaire monetaires moyens naissance nationale nature nexus nord \
        numerique nutrition oeuvre orient orientale orphelins outils pacifique paiement paiements parental partage \
        participation passives pasteurs paternite pauvres pauvrete pays pecheurs pension pensions personne personnes \
        petite petits peuples plaintes politique politiques population portabilite prestations prix productive \
        programme programmes protection providence psychosocial publics rations reactive recours redistribution \
        reduction referencement reforme refugies regimes region registre remunere renforcement resilience ressources \
        retraite retraites revenu revenus risques rural rurales sadc sahel sanitaire sante scolaire scolaires \
        secteur securite selection sensibilisation sensible services sida social sociale sociales sociaux soins \
        solidarite sortie soutien strategie strategies subvention subventions sud suivi systeme systemes test \
        transfert transferts transformation transition travail travailler travailleurs travaux ultra union unique \
        universel universelle urbaine usp verts vie vieillards vieillesse vieillissement vih violence vivres \
        vulnerabilite vulnerables
        """
    static let spanish = """
        accidentes accion acompanamiento activa activas activos actuarial adaptativa adolescentes adultos africa \
        agricola agricolas agricultores agricultura agua ahorro alimentacion alimentaria alimentos america analisis \
        ancianos apoyo arabes asia asignacion asilo asistencia atencion auditoria austeridad ayuda basado base \
        basica beneficiarios beneficio bienestar bono brecha busqueda calle cambio capacidades capacitacion capital \
        caribe casos central choques ciclo civil climatica climatico cobertura cohesion comprobacion comunicacion \
        comunitaria condicionadas construccion contrato contributiva contributivas convenios cooperacion \
        coordinacion corresponsabilidades corrupcion costo covid crecimiento crisis cuidado cuidados cupones datos \
        decente demografica derechos derivacion desarrollo desastres descentralizacion desempleo desigualdad \
        desplazados desplazamiento diagnostico dialogo digital dinero discapacidad discapacitados diseno \
        distribucion eca economia economica edad educacion efectivo electronicos elegibilidad embarazadas emergencia \
        emergencias empleo empleos empoderamiento enfermedad enfoque entrega envejecimiento error escolar escolares \
        espacio especie estados estrategia estrategias etnicas europa evaluacion exclusion expansion extension \
        extrema familiar familiares familias financiamiento financiera fiscal focalizacion formacion formal \
        fortalecimiento forzado fragiles fraude garantia garantizado gasto general genero gestion global gobernanza \
        gobiernos graduacion grupos herramientas hijo hogar hogares huerfanos humanitaria humanitarias humano \
        identificacion impacto incentivos inclusion inclusivo indigenas indirecta infancia infantil inflacion \
        informacion informal informales ingreso ingresos inscripcion intercambio interoperabilidad invalidez ispa \
        jovenes jubilacion justa juvenil laboral laborales lactantes latina legal licencia madres marco maternidad \
        mayores mecanismos medios mercado meridional migracion migrantes minorias monetarias movil mujeres \
        nacimiento nacional nexo ninas ninos norte nutricion obras oriental oriente pacifico pago pagos paises \
        parental pasivas pastores paternidad pension pensiones pequenos personas pescadores plataformas poblacion \
        pobres pobreza politica politicas portabilidad prestacion prestaciones primera privacidad productiva \
        programa programas proteccion prueba psicosocial publicas publicos pueblos quejas reactiva reclamos recursos \
        redes redistribucion reduccion reforma refugiados regimenes region registro remunerado renta resiliencia \
        riesgo riesgos rural rurales sadc sahel salida salud sanitaria sector seguridad seguro seguros seleccion \
        sensible servicios sida sistema sistemas social sociales solicitantes solidaridad sostenibilidad \
        subsahariana subsidio subsidios suficiencia temporal trabajadores trabajar trabajo transferencia \
        transferencias transicion unico union universal urbana usp vales vejez verdes verificacion vida vih \
        violencia vivienda vulnerabilidad vulnerables
        """
}
